export interface SilenceCircumstances {
  readonly platform: string;
  /** The program that macOS asked about the microphone, such as Terminal; for people. */
  readonly app?: string | undefined;
  /** macOS's own name of that program, such as com.apple.Terminal. */
  readonly bundleId?: string | undefined;
}

/**
 * What to do about a microphone that gives zeros only. macOS gives them, without a word and often
 * without a question, to a program whose app was not allowed to use the microphone.
 */
export function silenceAdvice({ platform, app, bundleId }: SilenceCircumstances): string {
  switch (platform) {
    case 'darwin': {
      const name = app ?? 'the app that runs this';
      const reset = `tccutil reset Microphone${bundleId === undefined ? '' : ` ${bundleId}`}`;
      return `allow ${name} in System Settings, Privacy & Security, Microphone, then quit it fully and start it again; if it is not listed there, run: ${reset}`;
    }
    case 'win32':
      return 'check that it is not muted, and that desktop apps may use it in Settings, Privacy & security, Microphone';
    default:
      return 'check that it is not muted (pactl set-source-mute @DEFAULT_SOURCE@ 0) and that its own switch is on';
  }
}

/** The app that a process belongs to in the eyes of macOS, by what it sets in the environment. */
export function responsibleApp(
  env: Readonly<Record<string, string | undefined>>,
): Pick<SilenceCircumstances, 'app' | 'bundleId'> {
  const program = env['TERM_PROGRAM'];
  const app = program === undefined ? undefined : (APPS[program] ?? program);
  return { app, bundleId: env['__CFBundleIdentifier'] };
}

const APPS: Readonly<Record<string, string>> = {
  Apple_Terminal: 'Terminal',
  'iTerm.app': 'iTerm',
  vscode: 'Visual Studio Code',
  WarpTerminal: 'Warp',
  ghostty: 'Ghostty',
};
