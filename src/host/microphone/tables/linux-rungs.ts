import type { LadderRequest } from './ladder.ts';
import {
  type BundledRecorders,
  bundledAddon,
  bundledFfmpeg,
  ffmpeg,
  pulseClient,
  type Rung,
  rung,
  sox,
} from './rung.ts';

/** In the order of their delay to the first sample, measured on PulseAudio and PipeWire. */
export function linuxRungs({ device, bundled }: LadderRequest): readonly Rung[] {
  const id = device?.handle ?? device?.id;
  if (device?.system === 'alsa' && id !== undefined) return alsaRungs(id, bundled);
  const name = id ?? 'default';
  const input = [
    ...['-f', 'pulse', '-fragment_size', '640', '-sample_rate', '16000', '-channels', '1'],
    ...['-i', name],
  ];
  // ALSA's PCM of the name `pulse` records from the source of this variable.
  const isSource = device?.system === 'pulse' && id !== undefined;
  const [pcm, env] = isSource ? ['pulse', { PULSE_SOURCE: id }] : [name, {}];
  return [
    ...(bundled
      ? [
          bundledFfmpeg(bundled, { input }),
          bundledAddon(bundled, device?.name),
          pulseClient(bundled, id),
        ]
      : []),
    rung('parec', [
      ...['--raw', '--rate=16000', '--format=s16le', '--channels=1'],
      // Without it PipeWire hands out blocks of two seconds.
      '--latency-msec=20',
      ...(id === undefined ? [] : [`--device=${id}`]),
    ]),
    rung(
      'pw-record',
      [
        ...(id === undefined ? [] : ['--target', id]),
        ...['--rate', '16000', '--channels', '1', '--format', 's16', '-'],
      ],
      { stopCodes: [1] },
    ),
    arecord(pcm, env),
    ffmpeg('ffmpeg pulse', input),
    ffmpeg('ffmpeg alsa', ['-f', 'alsa', '-i', pcm], { env }),
    // Without the variable PipeWire's first sample comes after two seconds.
    sox('pulseaudio', name, { PULSE_LATENCY_MSEC: '30' }),
  ];
}

/** For a device that only ALSA knows. */
function alsaRungs(pcm: string, bundled: BundledRecorders | undefined): readonly Rung[] {
  const input = ['-f', 'alsa', '-i', pcm];
  return [
    ...(bundled ? [bundledFfmpeg(bundled, { input })] : []),
    arecord(pcm, {}),
    ffmpeg('ffmpeg alsa', input),
    sox('alsa', pcm),
  ];
}

function arecord(pcm: string, env: Rung['env']): Rung {
  const format = ['-t', 'raw', '-f', 'S16_LE', '-r', '16000', '-c', '1'];
  // 20 ms at a time; arecord would choose 130.
  const blocks = ['--period-size=320', '--buffer-size=3200'];
  return rung('arecord', ['-q', '-D', pcm, ...format, ...blocks], { env, stopCodes: [1] });
}
