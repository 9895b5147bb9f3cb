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
  /** What a loudspeaker plays: a source, and no microphone. */
  readonly isMonitor?: true;
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
export function findDevice(all: readonly Device[], choice: DeviceChoice): FoundDevice {
  const devices = all.filter((device) => !device.isMonitor || isNamed(device, choice));
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

/** A loudspeaker is recorded by nobody who did not say so: part of a name is not enough. */
function isNamed({ id, name }: Device, choice: DeviceChoice): boolean {
  if (typeof choice !== 'string') return id === choice.id;
  return id === choice || name.toLowerCase() === choice.trim().toLowerCase();
}

/** What records where no device was chosen, as far as a list of devices tells. */
export type DefaultDevice =
  /** The sound server's own choice is a microphone, or nobody knows. */
  | { readonly kind: 'system' }
  /** It is a loudspeaker, and this is the first microphone. */
  | { readonly kind: 'instead'; readonly device: Device }
  | { readonly kind: 'only-loudspeakers' };

export function findDefault(devices: readonly Device[]): DefaultDevice {
  const [first] = devices.filter(({ isMonitor }) => !isMonitor);
  if (!first) return { kind: devices.length === 0 ? 'system' : 'only-loudspeakers' };
  const isLoudspeaker = devices.some(({ isDefault, isMonitor }) => isDefault && isMonitor);
  return isLoudspeaker ? { kind: 'instead', device: first } : { kind: 'system' };
}
