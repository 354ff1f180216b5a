// The frames of `docs/protocol.md`, as TypeScript. What arrives is trusted to have these shapes:
// the server makes them from structs, and both are tested against the same page.

/** `kind:key`, as in `room:7`. */
export type StreamName = string;

export type CloseCode = "revoked" | "ended" | "moved";

export type RefusalCode =
  | "malformed"
  | "unknown_op"
  | "unknown_command"
  | "invalid"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "too_large"
  | "rate_limited"
  | "busy"
  /** Made by the client itself: the command was sent several times and never answered. */
  | "no_answer";

/** One durable fact. `at` is ISO 8601, `by` a person's id, or null for the system. */
export interface LiveEvent<Name extends string = string, Data = unknown> {
  readonly seq: number;
  readonly name: Name;
  readonly at: string;
  readonly by: number | null;
  readonly data: Data;
}

export interface OpenFrame {
  readonly op: "open";
  readonly stream: StreamName;
  readonly after: number | null;
}

export interface DoFrame {
  readonly op: "do";
  readonly id: string;
  readonly stream: StreamName;
  readonly name: string;
  readonly data: object;
}

export interface SignalFrame {
  readonly op: "signal";
  readonly stream: StreamName;
  readonly name: string;
  readonly data: object;
}

/** `read`: the person had the stream before their eyes, so the read marker moves as well. */
export interface SeenFrame {
  readonly op: "seen";
  readonly stream: StreamName;
  readonly seq: number;
  readonly read: boolean;
}

export type ClientFrame =
  | OpenFrame
  | { readonly op: "close"; readonly stream: StreamName }
  | DoFrame
  | SignalFrame
  | SeenFrame
  | { readonly op: "ping"; readonly t: number };

export interface HelloFrame {
  readonly op: "hello";
  readonly v: number;
  readonly person: number | null;
  readonly now: string;
  readonly limits: Readonly<Record<string, number>>;
}

export interface OpenedFrame {
  readonly op: "opened";
  readonly stream: StreamName;
  readonly head: number;
  readonly state: unknown;
  readonly here: readonly number[];
}

export interface EventsFrame {
  readonly op: "events";
  readonly stream: StreamName;
  readonly events: readonly LiveEvent[];
}

export interface DoneFrame {
  readonly op: "done";
  readonly id: string;
  readonly stream: StreamName;
  readonly seq: number;
  readonly data: unknown;
}

export interface RefusedFrame {
  readonly op: "refused";
  readonly id: string | null;
  readonly stream?: StreamName | null;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly present?: unknown;
  /** Seconds. */
  readonly retry_after?: number;
}

export interface HereFrame {
  readonly op: "here";
  readonly stream: StreamName;
  readonly joined: readonly number[];
  readonly left: readonly number[];
}

export interface SignalInFrame {
  readonly op: "signal";
  readonly stream: StreamName;
  readonly name: string;
  readonly by: number | null;
  readonly data: unknown;
}

export type ServerFrame =
  | HelloFrame
  | OpenedFrame
  | EventsFrame
  | DoneFrame
  | RefusedFrame
  | HereFrame
  | SignalInFrame
  | { readonly op: "head"; readonly streams: Readonly<Record<StreamName, number>> }
  | { readonly op: "lagged"; readonly stream: StreamName }
  | { readonly op: "closed"; readonly stream: StreamName; readonly code: CloseCode }
  | { readonly op: "pong"; readonly t: unknown; readonly now: string };

/** Which door the frames go through. */
export type Way = "websocket" | "polling";

/** Why there is no connection. `signed_out`: no use in trying again without the person. */
export type Trouble = "network" | "restarting" | "too_many_tabs" | "flooding" | "frame_too_large" | "signed_out";

export interface ConnectionStatus {
  /** `waiting`: the next try is at `retryAt`. `stopped`: signed out, or ended by the page. */
  readonly phase: "connecting" | "live" | "waiting" | "stopped";
  readonly way: Way | null;
  /** Local clock, milliseconds; set while `waiting`. */
  readonly retryAt: number | null;
  readonly trouble: Trouble | null;
}
