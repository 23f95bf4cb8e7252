import { useMutation, useQueryClient } from '@tanstack/react-query';
import { contractKey } from './queries';

/** Something that changes what the server keeps; what is on screen of it is read again. */
export function useChange<Input, Answer>(contract: string | null, change: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation<Answer, Error, Input>({
    mutationFn: change,
    onSuccess: () => {
      if (contract) void client.invalidateQueries({ queryKey: contractKey(contract) });
      void client.invalidateQueries({ queryKey: ['overall'] });
    },
  });
}
