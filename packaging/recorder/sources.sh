# shellcheck shell=bash
# Where the sources come from: the Debian mirror that this machine uses. Sourced by build.sh.

FFMPEG_VERSION=7:5.1.9-0+deb12u1
FFMPEG_SHA256=d9b593bb2ba93d4b50f74177e0cdcd41747e708596367deed0c30348a71dd176
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# apt with lists of its own, so that the machine's settings stay as they are: apt_apart NAME LINE... -- ARGS
apt_apart() {
  local folder="$cache/apt-$1"
  shift
  mkdir -p "$folder/lists/partial" "$folder/cache"
  : >"$folder/sources.list"
  while [ "$1" != -- ]; do
    echo "$1" >>"$folder/sources.list"
    shift
  done
  shift
  local settings=(-qq -o Dir::Etc::sourcelist="$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::State::lists="$folder/lists" -o Dir::State::status=/dev/null
    -o Dir::Cache="$folder/cache" -o APT::Sandbox::User=root)
  apt-get "${settings[@]}" update
  apt-get "${settings[@]}" "$@"
}

mirror() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
    grep -v security | head -1 | sed 's#/$##'
}

# FFmpeg with Debian's patches. apt checks the signature; the checksum pins the file besides.
fetch_source() {
  [ -d "$1" ] && return
  local url
  url=$(mirror)
  mkdir -p "$cache/source"
  (
    cd "$cache/source"
    apt_apart source "deb-src [signed-by=$KEYRING] $url bookworm main" \
      "deb-src [signed-by=$KEYRING] $url-security bookworm-security main" \
      -- source --download-only "ffmpeg=$FFMPEG_VERSION"
    echo "$FFMPEG_SHA256  $(ls ffmpeg_*.orig.tar.xz)" | sha256sum --check --quiet
    rm -rf unpacked
    dpkg-source --no-check -x ffmpeg_*.dsc unpacked >/dev/null
    mv unpacked "$1"
  )
}

# The glibc of Debian 11 and its headers, for one architecture.
fetch_sysroot() {
  [ -d "$2" ] && return
  fetch_packages "$2" "deb [signed-by=$KEYRING arch=$1] $(mirror) bullseye main" \
    "libc6:$1" "libc6-dev:$1" "linux-libc-dev:$1"
}

# What the sound libraries declare; they themselves are opened when the recorder runs.
fetch_headers() {
  [ -d "$1" ] && return
  fetch_packages "$1" "deb [signed-by=$KEYRING] $(mirror) bookworm main" libpulse-dev libasound2-dev
}

# Unpacks packages into a folder without installing them: fetch_packages FOLDER SOURCE PACKAGE...
fetch_packages() {
  local folder=$1 source=$2
  shift 2
  rm -rf "$folder.new"
  mkdir -p "$folder.new"
  (
    cd "$folder.new"
    apt_apart "$(basename "$folder")" "$source" -- download "$@"
    for package in *.deb; do dpkg -x "$package" .; done
    rm -- *.deb
    # Absolute links would lead out of the folder into the machine's own files.
    find . -type l -lname '/*' -printf '%p %l\n' | while read -r link aim; do ln -sfnr ".$aim" "$link"; done
  )
  mv "$folder.new" "$folder"
}
