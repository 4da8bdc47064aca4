# shellcheck shell=bash
# Sourced by the other scripts: installs what is missing, configures and builds. It works with absolute paths only, so that
# the caller's working folder stays as it is, and writes to standard error only.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

say() { printf '%s\n' "$*" >&2; }

# Ends the program with exit code 2: the question could not be answered.
give_up() {
  say "$*"
  exit 2
}

# The packages of the sections named.
packages_of() {
  local section='' line wanted
  while IFS= read -r line; do
    case $line in
      '' | '#'*) ;;
      '['*']') section=${line:1:-1} ;;
      *) for wanted; do [ "$section" = "$wanted" ] && printf '%s\n' "$line"; done ;;
    esac
  done <"$root/scripts/packages.txt"
}

# Those of the packages named that are not installed.
missing_packages() {
  local installed package
  installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null | sed -n 's/ installed$//p')
  for package; do
    grep -qxF -- "$package" <<<"$installed" || printf '%s\n' "$package"
  done
}

# Runs a package command as root and quietly; waits while another one is at work. Shows what it said when it fails.
as_root() {
  local command=(env DEBIAN_FRONTEND=noninteractive "$@") said tries
  [ "$(id -u)" = 0 ] || command=(sudo -n "${command[@]}")
  for tries in 1 2 3 4 5 6 7 8 9 10; do
    if said=$("${command[@]}" 2>&1 </dev/null); then return 0; fi
    case $said in
      *'Could not get lock'* | *'Unable to acquire'*) [ "$tries" = 10 ] || sleep 10 ;;
      *) break ;;
    esac
  done
  say "$said"
  return 1
}

# Installs the missing packages of the sections named. FIREBREAK_NO_INSTALL=1 leaves them to the user.
install_packages() {
  local missing=() wanted=()
  [ "${FIREBREAK_NO_INSTALL:-}" != 1 ] || return 0
  if ! command -v dpkg-query >/dev/null; then
    say "not a Debian system: install what scripts/packages.txt lists yourself"
    return 0
  fi
  mapfile -t wanted < <(packages_of "$@")
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  [ "${#missing[@]}" -gt 0 ] || return 0
  local by_hand="apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
    give_up "some packages are missing, and only root can install them; run as root:
  $by_hand"
  fi
  say "installing packages: ${missing[*]}"
  as_root apt-get -q update || give_up "the list of packages cannot be read; once it can, run as root:
  $by_hand"
  as_root apt-get -q -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "${missing[@]}" ||
    give_up "the packages cannot be installed; to see why, run as root:
  $by_hand"
}

# Configures build/PRESET where that has not been done, was done for another build tool, or was done elsewhere before the
# source tree was moved.
configure() {
  local folder=$root/build/$1
  if [ -e "$folder/CMakeCache.txt" ]; then
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt" || rm -rf "$folder"
  fi
  [ -e "$folder/build.ninja" ] || (cd "$root" && cmake --fresh --preset "$1")
}

# Configures if need be, and builds the targets named, or all. What the tools say goes to build/PRESET.log, which is shown
# when they fail. The caller holds the lock.
build() {
  local preset=$1 log=$root/build/$1.log
  shift
  if configure "$preset" >"$log" 2>&1 </dev/null &&
    cmake --build "$root/build/$preset" ${1:+--target} "$@" >>"$log" 2>&1 </dev/null; then
    return 0
  fi
  grep -m 1 -A 20 -E 'error:|Error|FAILED' "$log" >&2 || tail -n 20 "$log" >&2
  give_up "building failed; all of it is in $log"
}

# All C++ sources; further words are conditions of find.
cpp_sources() {
  find "$root"/{include,topology,analyzer,report,cli,tests,bench} \( -name '*.h' -o -name '*.cpp' \) "$@"
}

# Keeps others from building until this program ends or releases file 9.
lock_builds() {
  mkdir -p "$root/build" || give_up "cannot write to $root"
  exec 9>"$root/build/.lock" || give_up "cannot write to $root/build"
  flock -n 9 || { say "waiting for another build"; flock 9; }
}
