/** Who gave a device its id; a program can only be told devices of a system it speaks. */
export type DeviceSystem = 'pulse' | 'alsa' | 'avfoundation' | 'dshow' | 'miniaudio';

/** A microphone as a list of devices has it. */
export interface Device {
  readonly system: DeviceSystem;
  /** Stays the same when the device is unplugged and comes back; what is remembered. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** What a program takes on its command line now, where that is not the id. */
  readonly handle?: string;
  readonly isDefault: boolean;
}

/** Chosen from a list some time ago. Where it is gone the default takes its place. */
export type RememberedDevice = Pick<Device, 'id' | 'name'>;

/**
 * The microphone somebody wants: a name, a part of it or an id, which has to be there; or one that
 * is remembered.
 */
export type DeviceChoice = string | RememberedDevice;

export type FoundDevice =
  | { readonly kind: 'found'; readonly device: Device }
  | { readonly kind: 'gone' }
  | { readonly kind: 'ambiguous'; readonly names: readonly string[] };

/** The id wins over the whole name, and that over a part of it; case does not matter in names. */
export function findDevice(devices: readonly Device[], choice: DeviceChoice): FoundDevice {
  if (typeof choice !== 'string') {
    const device = devices.find(({ id }) => id === choice.id);
    return device ? { kind: 'found', device } : { kind: 'gone' };
  }
  const text = choice.trim().toLowerCase();
  const fits = [
    ({ id }: Device) => id === choice,
    ({ name }: Device) => name.toLowerCase() === text,
    ({ id, name }: Device) => `${name}\n${id}`.toLowerCase().includes(text),
  ];
  for (const fit of fits) {
    const [device, ...others] = devices.filter(fit);
    if (!device) continue;
    if (others.length === 0) return { kind: 'found', device };
    return { kind: 'ambiguous', names: [device, ...others].map(({ name }) => name) };
  }
  return { kind: 'gone' };
}
