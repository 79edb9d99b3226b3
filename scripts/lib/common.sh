# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# For the scripts beside this folder: where the project is, how they talk, and as whom they build.
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf 'umountbench: %s\n' "$*" >&2; }

# die STATUS MESSAGE [HINT]
die() {
  printf 'umountbench: error: %s\n' "$2" >&2
  [[ -z ${3:-} ]] || printf 'umountbench: hint: %s\n' "$3" >&2
  exit "$1"
}

# The git of this checkout, also for root in somebody else's folder.
repo_git() { git -c safe.directory='*' -C "$top" "$@"; }

# as_user USER COMMAND…: root becomes USER for one command, without a login session.
as_user() {
  local user=$1 home
  shift
  home=$(getent passwd "$user" | cut -d: -f6)
  setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups -- env HOME="$home" USER="$user" "$@"
}

# The user to build as: under sudo the calling one, so that build/ is theirs; "" for whoever we are. What they can't
# write (a checkout or a build/ of root's) is built by root.
builder=
if ((EUID == 0)) && [[ -n ${SUDO_USER:-} && $SUDO_USER != root ]]; then
  builder=$SUDO_USER
  for folder in "$top" "$top"/build "$top"/build/*/; do
    if [[ -d $folder ]] && ! as_user "$SUDO_USER" test -w "$folder"; then builder=; fi
  done
fi
as_builder() { if [[ -n $builder ]]; then as_user "$builder" "$@"; else "$@"; fi; }

# build PRESET [TARGET…] into build/PRESET; incremental, and chatty only for who reads its output.
build() {
  local folder=$top/build/$1 launcher=()
  if [[ ! -f $folder/build.ninja ]]; then
    if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
    (cd "$top" && as_builder cmake --preset "$1" "${launcher[@]}") || return
  fi
  as_builder ninja -C "$folder" "${@:2}"
}
