import type { Installation } from './installation.ts';
import type { Heard } from './listening.ts';

/** What the recogniser's thread is started with. */
export type ThreadStart = Installation;

/** To the thread. `hear` and `finish-turn` are answered by `done`, in order. */
export type ThreadRequest =
  | { readonly kind: 'open'; readonly id: number }
  | {
      readonly kind: 'hear';
      readonly id: number;
      readonly samples: Float32Array;
      readonly turnSilenceMs: number;
    }
  | { readonly kind: 'finish-turn'; readonly id: number }
  | { readonly kind: 'close'; readonly id: number };

/** From the thread. `ready` or `failed` comes once, before all else. */
export type ThreadAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'done'; readonly id: number; readonly heard: Heard };
