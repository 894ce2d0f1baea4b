/** What is wrong with one field of a request. */
export interface FieldFault {
  readonly field: string;
  readonly detail: string;
}

/** Problems that the page finds itself: no response, or one that is not understood. All other kinds come from the server. */
export type LocalKind = "unreachable" | "signed-out" | "unexpected";

/** A response that reports an error (RFC 9457). */
export class Problem extends Error {
  /** @param kind last part of the problem's type, such as `name-taken` */
  constructor(
    readonly kind: LocalKind | (string & {}),
    readonly status: number,
    detail: string,
    readonly faults: readonly FieldFault[] = [],
    readonly upgradeUrl?: string,
  ) {
    super(detail);
    this.name = "Problem";
  }

  /** What is wrong with that field or one of its elements: `allowedIps` finds `allowedIps[2]`. */
  of(field: string): string | undefined {
    return this.faults.find((fault) => fault.field === field || fault.field.startsWith(`${field}[`))?.detail;
  }

  static async read(answer: Response): Promise<Problem> {
    try {
      const json = (await answer.json()) as ProblemJson;
      const kind = json.type?.split("/").pop() || "unexpected";
      return new Problem(kind, answer.status, json.detail ?? answer.statusText, json.errors ?? [], json.upgradeUrl);
    } catch {
      return new Problem("unexpected", answer.status, `HTTP ${answer.status}`);
    }
  }

  static from(thrown: unknown): Problem {
    return thrown instanceof Problem ? thrown : new Problem("unexpected", 0, String(thrown));
  }
}

interface ProblemJson {
  readonly type?: string;
  readonly detail?: string;
  readonly errors?: readonly FieldFault[];
  readonly upgradeUrl?: string;
}
