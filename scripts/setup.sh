# Shell functions that ./nut-demo and ./nut-test share: find or install what a build needs. Sourced, with $root set to
# the project's directory. Nothing is ever installed unless root runs it.

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }

is_jdk_25() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/jlink" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null
}

# Sets JAVA_HOME to a JDK 25: the one JAVA_HOME or PATH names, else one of those in the usual places.
look_for_jdk() {
    on_path=$(readlink -f "$(command -v javac 2>/dev/null)" 2>/dev/null)
    for candidate in "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* \
        "${HOME:-}"/.jdks/*; do
        if is_jdk_25 "$candidate"; then
            export JAVA_HOME="$candidate"
            return 0
        fi
    done
    return 1
}

# Installs Debian packages without their recommendations, unless $install is "no". Package scripts are kept from starting
# daemons meanwhile.
apt_install() {
    [ "${install:-yes}" = yes ] || return 1
    command -v apt-get >/dev/null || return 1
    apt-cache show "$@" >/dev/null 2>&1 || apt-get update -q >/dev/null || return 1
    apt-cache show "$@" >/dev/null 2>&1 || return 1
    say "installing: apt-get install $*"
    policy=
    if ! [ -e /usr/sbin/policy-rc.d ]; then
        policy=/usr/sbin/policy-rc.d
        printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >/dev/null
    installed=$?
    if [ -n "$policy" ]; then rm -f $policy; fi
    return $installed
}

need_jdk() {
    look_for_jdk && return
    if is_root && apt_install openjdk-25-jdk-headless && look_for_jdk; then return; fi
    fail "This needs a JDK 25, and there is none in JAVA_HOME, PATH or /usr/lib/jvm.
  Debian 13 (trixie), Raspberry Pi OS, Ubuntu:  sudo apt-get install openjdk-25-jdk-headless
  other systems:                                https://adoptium.net/temurin/releases/?version=25 (then set JAVA_HOME)"
}

need_maven() {
    command -v mvn >/dev/null && return
    if is_root && apt_install maven; then return; fi
    fail "This needs Maven 3.8.7 or later, and there is no mvn in PATH.
  Debian, Raspberry Pi OS, Ubuntu:  sudo apt-get install maven
  other systems:                    https://maven.apache.org/download.cgi"
}

# Maven in the project's directory. The JDK's remarks on Maven's own old libraries are of no use to anybody here.
maven() {
    (cd "$root" && MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
        exec mvn -B "$@")
}
