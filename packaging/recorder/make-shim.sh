#!/usr/bin/env bash
# Writes the C source of a stand-in for libpulse and libasound: every function FFmpeg calls jumps
# through a pointer, and those that are always called first open the library and fill the pointers.
# So the recorder starts on systems that lack one of the two, and says so when that one is asked for.
# Usage: make-shim.sh linux-x64|linux-arm64 FFMPEG-SOURCE
set -euo pipefail
target=$1 source=$2
first=" pa_channel_map_init_extend pa_mainloop_new pa_threaded_mainloop_new snd_pcm_open snd_device_name_hint "
names=$(
  {
    grep -ohE '\b(pa|snd)_[a-z_0-9]+ *\(' \
      "$source"/libavdevice/{pulse_audio_dec,pulse_audio_common,alsa,alsa_dec}.c | tr -d ' ('
    # FFmpeg's configure script looks for these two.
    printf '%s\n' pa_context_new snd_pcm_htimestamp
  } | sort -u
)

printf '#include <%s.h>\n' dlfcn errno stdio
echo '__attribute__((used)) static const char *none(void) { return "library not installed"; }'
for name in $names; do
  echo "__attribute__((visibility(\"hidden\"))) void *p_$name = none;"
done

# open_library FILE PREFIX NAME
open_library() {
  cat <<C
static int open_$3(void) {
  static int state;
  void *library, *found;
  if (state) return state;
  state = -1;
  if (!(library = dlopen("$1", RTLD_NOW))) {
    fprintf(stderr, "recorder: %s\n", dlerror());
    return state;
  }
  state = 1;
C
  for name in $names; do
    [[ $name = $2* ]] && echo "  if ((found = dlsym(library, \"$name\"))) p_$name = found;"
  done
  printf '  return state;\n}\n'
}
open_library libpulse.so.0 pa_ pulse
open_library libasound.so.2 snd_ alsa

for name in $names; do
  if [[ $first = *" $name "* ]]; then
    case $name in
      pa_*) failed='open_pulse() < 0 ? 0 :' ;;
      *) failed='open_alsa() < 0 ? (void *)-ENODEV :' ;;
    esac
    echo "void *$name(void *a, void *b, void *c, void *d) { return $failed ((void *(*)(void *, void *, void *, void *))p_$name)(a, b, c, d); }"
  elif [ "$target" = linux-x64 ]; then
    echo "asm(\".text\\n.globl $name\\n.type $name,%function\\n$name: endbr64\\n jmp *p_$name(%rip)\\n\");"
  else
    echo "asm(\".text\\n.globl $name\\n.type $name,%function\\n$name: adrp x16,p_$name\\n ldr x16,[x16,:lo12:p_$name]\\n br x16\\n\");"
  fi
done
