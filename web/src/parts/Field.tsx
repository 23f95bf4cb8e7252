import { useId, type ReactNode } from 'react';

export interface FieldProps {
  label: string;
  required?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
  /** Given the id that the label points to, and that of what explains the field. */
  children: (id: string, describedBy: string | undefined) => ReactNode;
  className?: string;
}

/** A question of a form: its label above, what it means and what is wrong with the answer below. */
export function Field({ label, required = false, hint, error, children, className }: FieldProps) {
  const id = useId();
  const described = error || hint ? `${id}-told` : undefined;
  return (
    <div className={`field ${error ? 'wrong' : ''} ${className ?? ''}`}>
      <label htmlFor={id}>{label}{required && <i className="must" aria-hidden>*</i>}{required && <span className="unseen">（必填）</span>}</label>
      {children(id, described)}
      {described && <div id={described} className="field-told">{error && <p className="field-error" role="alert">{error}</p>}{hint && <p>{hint}</p>}</div>}
    </div>
  );
}
