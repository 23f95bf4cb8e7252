using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Yueheng.Rooms.Tests;

/// <summary>A compiled assembly as the runtime will see it: what no pragma and no <c>var</c> can hide.</summary>
internal sealed class AssemblyFile : IDisposable
{
    private readonly PEReader _image;

    public AssemblyFile(string path)
    {
        _image = new PEReader(File.OpenRead(path));
        Metadata = _image.GetMetadataReader();
    }

    public MetadataReader Metadata { get; }

    public void Dispose() => _image.Dispose();

    public MethodBodyBlock? BodyOf(MethodDefinition method) =>
        method.RelativeVirtualAddress == 0 ? null : _image.GetMethodBody(method.RelativeVirtualAddress);

    /// <summary>Namespace, type and outer types, as in <c>Yueheng.Terms.Clock.Band</c>.</summary>
    public string NameOf(EntityHandle type)
    {
        switch (type.Kind)
        {
            case HandleKind.TypeDefinition:
                var definition = Metadata.GetTypeDefinition((TypeDefinitionHandle)type);
                return Qualified(definition.Namespace, definition.Name, definition.GetDeclaringType());
            case HandleKind.TypeReference:
                var reference = Metadata.GetTypeReference((TypeReferenceHandle)type);
                return Qualified(reference.Namespace, reference.Name, reference.ResolutionScope);
            default:
                return type.Kind.ToString();
        }
    }

    public string NameOf(MethodDefinition method) => $"{NameOf(method.GetDeclaringType())}.{Metadata.GetString(method.Name)}";

    private string Qualified(StringHandle @namespace, StringHandle name, EntityHandle outer) =>
        !outer.IsNil && outer.Kind is HandleKind.TypeDefinition or HandleKind.TypeReference
            ? $"{NameOf(outer)}.{Metadata.GetString(name)}"
            : @namespace.IsNil ? Metadata.GetString(name) : $"{Metadata.GetString(@namespace)}.{Metadata.GetString(name)}";

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>The names of the instructions of a method, in order.</summary>
    public static IEnumerable<string> InstructionsOf(MethodBodyBlock body)
    {
        var bytes = body.GetILBytes()!;
        for (var at = 0; at < bytes.Length;)
        {
            int value = bytes[at++];
            if (value == 0xFE) value = value << 8 | bytes[at++];
            var code = OpCodesByValue[value];
            yield return code.Name!;
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(bytes, at),
                _ => 4,
            };
        }
    }
}
