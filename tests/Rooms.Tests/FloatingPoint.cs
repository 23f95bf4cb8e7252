using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Yueheng.Rooms.Tests;

/// <summary>
/// Every place where an assembly holds binary floating point: in a field, a signature, a local, a generic argument, a call or a
/// single instruction. Points and yuan are exact to the last digit; 0.1 has no place in a <c>double</c>.
/// </summary>
internal static class FloatingPoint
{
    private static readonly string[] Types =
        ["System.Double", "System.Single", "System.Half", "System.Runtime.InteropServices.NFloat"];

    public static IReadOnlyList<string> In(string path)
    {
        using var assembly = new AssemblyFile(path);
        return [.. Find(assembly).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Find(AssemblyFile assembly)
    {
        var metadata = assembly.Metadata;
        var isFloating = new IsFloating(assembly);

        foreach (var handle in metadata.FieldDefinitions)
        {
            var field = metadata.GetFieldDefinition(handle);
            if (field.DecodeSignature(isFloating, null))
                yield return $"{assembly.NameOf(field.GetDeclaringType())}.{metadata.GetString(field.Name)}: the field";
        }

        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            var name = assembly.NameOf(method);
            if (Holds(method.DecodeSignature(isFloating, null))) yield return $"{name}: a parameter or the result";
            if (assembly.BodyOf(method) is not { } body) continue;
            if (!body.LocalSignature.IsNil && metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(isFloating, null).Contains(true))
                yield return $"{name}: a local";
            // Between two decimals a cast there and back leaves no local behind.
            foreach (var instruction in AssemblyFile.InstructionsOf(body).Where(IsFloatingInstruction))
                yield return $"{name}: the instruction {instruction}";
        }

        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.MemberRef); row++)
        {
            var member = metadata.GetMemberReference(MetadataTokens.MemberReferenceHandle(row));
            var floating = member.GetKind() == MemberReferenceKind.Field
                ? member.DecodeFieldSignature(isFloating, null)
                : Holds(member.DecodeMethodSignature(isFloating, null));
            if (floating) yield return $"a use of {assembly.NameOf(member.Parent)}.{metadata.GetString(member.Name)}";
        }

        foreach (var handle in metadata.TypeReferences)
        {
            if (Types.Contains(assembly.NameOf(handle))) yield return $"a use of {assembly.NameOf(handle)}";
        }

        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.TypeSpec); row++)
        {
            var type = metadata.GetTypeSpecification(MetadataTokens.TypeSpecificationHandle(row));
            if (type.DecodeSignature(isFloating, null)) yield return "a generic argument or an array of a type";
        }

        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            var method = metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row));
            if (method.DecodeSignature(isFloating, null).Contains(true)) yield return "a generic argument of a method";
        }
    }

    private static bool Holds(MethodSignature<bool> signature) => signature.ReturnType || signature.ParameterTypes.Contains(true);

    // ldc.r8, conv.r8, conv.r.un, ldind.r4, stelem.r8 …
    private static bool IsFloatingInstruction(string name) =>
        name.Contains(".r4", StringComparison.Ordinal) || name.Contains(".r8", StringComparison.Ordinal) || name == "conv.r.un";

    /// <summary>Whether a type of a signature is binary floating point or is made with it.</summary>
    private sealed class IsFloating(AssemblyFile assembly) : ISignatureTypeProvider<bool, object?>
    {
        public bool GetPrimitiveType(PrimitiveTypeCode type) => type is PrimitiveTypeCode.Double or PrimitiveTypeCode.Single;
        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Types.Contains(assembly.NameOf(handle));
        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => false;
        public bool GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, context);
        public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> arguments) => genericType || arguments.Contains(true);
        public bool GetFunctionPointerType(MethodSignature<bool> signature) => Holds(signature);
        public bool GetModifiedType(bool modifier, bool unmodified, bool isRequired) => unmodified;
        public bool GetArrayType(bool element, ArrayShape shape) => element;
        public bool GetSZArrayType(bool element) => element;
        public bool GetByReferenceType(bool element) => element;
        public bool GetPointerType(bool element) => element;
        public bool GetPinnedType(bool element) => element;
        public bool GetGenericMethodParameter(object? context, int index) => false;
        public bool GetGenericTypeParameter(object? context, int index) => false;
    }
}
