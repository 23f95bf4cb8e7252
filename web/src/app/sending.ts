import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { Problem } from '../api/problem';
import { contractKey } from './queries';

/**
 * Sends something that changes a contract (or, without one, the installation). What is on screen is read again afterwards; a refusal is
 * told in a message unless the page shows it itself (`quiet`).
 */
export function useSending<Input, Answer>(send: (input: Input) => Promise<Answer>, { contract, done, quiet = false }: { contract?: string; done?: string | ((answer: Answer) => string); quiet?: boolean } = {}) {
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation<Answer, Error, Input>({
    mutationFn: send,
    onSuccess: async (answer) => {
      if (contract !== undefined) await client.invalidateQueries({ queryKey: contractKey(contract) });
      await client.invalidateQueries({ queryKey: ['overall'] });
      if (done) void message.success(typeof done === 'string' ? done : done(answer));
    },
    onError: (error) => {
      if (!quiet) void message.error(error instanceof Problem ? error.message : '没有完成，请重试。', 6);
    },
  });
}
