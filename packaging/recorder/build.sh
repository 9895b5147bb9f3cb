#!/usr/bin/env bash
# Builds the bundled recorder: FFmpeg of Debian's source, LGPL-2.1, that can do nothing but record.
# Usage: build.sh linux-x64|linux-arm64|win32-x64|darwin-x64|darwin-arm64 FOLDER
# Sources and system roots are kept in $CACHE (default .cache/recorder); JOBS is for make.
# Needs gcc (or the target's cross compiler), make, pkg-config and dpkg-dev, and no root.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${1:?which target}
out=$(realpath -m "${2:?a folder for the result}")
cache=$(realpath -m "${CACHE:-$here/../../.cache/recorder}")
# The program holds no time, locale or path, so that two builds are the same byte for byte.
export SOURCE_DATE_EPOCH=1700000000 LC_ALL=C TZ=UTC
# shellcheck source=packaging/recorder/sources.sh
. "$here/sources.sh"
work="$cache/work-$target"
rm -rf "$work"
mkdir -p "$work/build" "$work/include" "$work/pkgconfig" "$out"

cflags="-Os -ffunction-sections -fdata-sections -fno-ident"
ldflags="-Wl,--gc-sections -Wl,--build-id=none"
options=(
  --prefix=/recorder --disable-autodetect --disable-everything --disable-network --disable-doc
  --disable-debug --disable-asm --disable-ffplay --disable-ffprobe --disable-swscale --enable-small
  --enable-avdevice --enable-avfilter --enable-swresample --enable-protocol=pipe,file
  --enable-decoder=pcm_s16le,pcm_s16be,pcm_s24le,pcm_s32le,pcm_f32le,pcm_u8
  --enable-encoder=pcm_s16le --enable-muxer=pcm_s16le --enable-filter=aresample
  --pkg-config=pkg-config
)
cross=
suffix=
case $target in
  linux-x64) debian=amd64 triplet=x86_64-linux-gnu math=2.2.5 ;;
  linux-arm64)
    debian=arm64 triplet=aarch64-linux-gnu math=2.17 cross=aarch64-linux-gnu-
    options+=(--enable-cross-compile --cross-prefix=$cross --arch=aarch64 --target-os=linux)
    ;;
  win32-x64)
    cross=x86_64-w64-mingw32- suffix=.exe
    ldflags+=" -static -Wl,--no-insert-timestamp"
    options+=(--enable-cross-compile --cross-prefix=$cross --cc=${cross}gcc-win32 --arch=x86_64
      --target-os=mingw32 --enable-w32threads --enable-indev=dshow)
    ;;
  darwin-x64 | darwin-arm64)
    # On a Mac with Xcode's compiler. Written from FFmpeg's configure script and never run.
    [ "$(uname)" = Darwin ] || { echo "$target can only be built on a Mac" >&2; exit 2; }
    cpu=${target#darwin-}
    [ "$cpu" = x64 ] && cpu=x86_64
    cflags="-Os -mmacosx-version-min=11.0"
    ldflags="-mmacosx-version-min=11.0 -Wl,-dead_strip"
    options+=(--enable-cross-compile --cc="clang -arch $cpu" --arch="$cpu" --target-os=darwin
      --enable-avfoundation --enable-indev=avfoundation --enable-pthreads)
    ;;
  *)
    echo "There is no target $target" >&2
    exit 2
    ;;
esac

fetch_source "$cache/ffmpeg"
ln -s "$cache/ffmpeg" "$work/ffmpeg"

if [[ $target = linux-* ]]; then
  # Against the glibc of Debian 11, so that it starts on systems as old as VS Code itself does.
  fetch_sysroot "$debian" "$cache/sysroot-$debian"
  fetch_headers "$cache/headers"
  ln -s "$cache/sysroot-$debian" "$work/sysroot"
  cp -r "$cache"/headers/usr/include/{pulse,alsa} "$work/include/"
  cflags+=" --sysroot=../sysroot -I../include -include oldmath.h"
  # -B: the compiler would take the start files and libc of this machine first.
  ldflags+=" --sysroot=../sysroot -B../sysroot/usr/lib/$triplet/ -Wl,-z,relro,-z,now -Wl,--as-needed"
  options+=(--enable-alsa --enable-libpulse --enable-indev=alsa --enable-indev=pulse --enable-pthreads)
  # These four got new versions in glibc 2.29; with the old ones it runs from 2.28 on.
  for name in exp exp2 log pow; do echo "__asm__(\".symver $name,$name@GLIBC_$math\");"; done \
    >"$work/include/oldmath.h"
  "$here/make-shim.sh" "$target" "$cache/ffmpeg" >"$work/shim.c"
  (
    cd "$work/build"
    ${cross}gcc -Os -fPIE --sysroot=../sysroot -fno-ident -c ../shim.c -o ../shim.o
    ${cross}gcc-ar rcD ../libshim.a ../shim.o
  )
  for library in libpulse:16.1 alsa:1.2.8; do
    printf 'Name: %s\nDescription: the shim\nVersion: %s\nLibs: -L.. -lshim -ldl\nCflags: -I../include\n' \
      "${library%:*}" "${library#*:}" >"$work/pkgconfig/${library%:*}.pc"
  done
  export PKG_CONFIG_LIBDIR="$work/pkgconfig"
fi

cd "$work/build"
# Relative paths only: what configure is told stands in the program.
../ffmpeg/configure "${options[@]}" --extra-cflags="$cflags" --extra-ldflags="$ldflags" >../configure.log
make -j"${JOBS:-2}" "ffmpeg$suffix" >../make.log 2>&1 || { tail -20 ../make.log >&2; exit 1; }

cp "ffmpeg$suffix" "$out/ffmpeg$suffix"
if [[ $target = darwin-* ]]; then
  strip "$out/ffmpeg"
  codesign --force -s "${CODESIGN_IDENTITY:--}" "$out/ffmpeg"
else
  ${cross}strip -s "$out/ffmpeg$suffix"
fi
cp ../ffmpeg/COPYING.LGPLv2.1 "$out/"
{
  echo "FFmpeg $FFMPEG_VERSION of Debian, LGPL-2.1-or-later; built by packaging/recorder/build.sh"
  sed -n 's/^#define FFMPEG_CONFIGURATION "\(.*\)"$/configure \1/p' config.h
} >"$out/ffmpeg-build.txt"
if [ "$target" = win32-x64 ]; then
  cp /usr/share/doc/mingw-w64-x86-64-dev/copyright "$out/mingw-w64-copyright.txt"
fi
(cd "$out" && { sha256sum "ffmpeg$suffix" 2>/dev/null || shasum -a 256 "ffmpeg$suffix"; } | tee ffmpeg.sha256)
rm -rf "$work"
