import type { ServerFrame } from './wire-messages.ts';

/** What a scripted server does when so much audio has come in; all that is due happens in order. */
export interface ServerStep {
  /** Milliseconds of audio received: the only clock a script has, so a slow machine changes nothing. */
  readonly atMs: number;
  readonly send?: ServerFrame | readonly ServerFrame[];
  /** Closes with this code and no message, or drops the connection without a close frame. */
  readonly close?: number | 'dropped';
}

/** One connection's part. Left out, a field means a server that behaves. */
export interface ServerScript {
  readonly begin?: 'never' | BeginScript;
  readonly onAudio?: readonly ServerStep[];
  readonly onForceEndpoint?: readonly ServerFrame[];
  readonly onTerminate?: 'silent' | TerminateScript;
  /** An HTTP answer in place of the upgrade, or an `Error` and its close in place of `Begin`. */
  readonly refuse?: { readonly status: number } | { readonly code: number; readonly text: string };
}

export interface BeginScript {
  readonly delayMs?: number;
  readonly id?: string;
  /** The model the server claims to run; the one asked for, when left out. */
  readonly model?: string;
  /** Unix seconds. */
  readonly expiresAt?: number;
}

export interface TerminateScript {
  /** Sent after `Terminate` came and before `Termination`. */
  readonly sendBefore?: readonly ServerFrame[];
  readonly delayMs?: number;
  /** Seconds the `Termination` claims in place of the true ones. */
  readonly audioSeconds?: number;
  readonly sessionSeconds?: number;
}
