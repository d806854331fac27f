#!/bin/sh
# Installs Network UPS Tools on the JVM where there are no packages: distributions without dpkg, NAS boxes. Needs no Java
# and no systemd. Run it as root in the directory the archive was unpacked to.
#   ./install.sh             puts everything to /usr/lib/nut-jvm, with links in /usr/local
#   ./install.sh --remove    takes it away again; /etc/nut stays
# Where /usr cannot be written:  NUT_HOME=/opt/nut-jvm ./install.sh
home=${NUT_HOME:-/usr/lib/nut-jvm}
links=${NUT_LINKS:-/usr/local}
etc=${NUT_CONFPATH:-/etc/nut}
here=$(cd "$(dirname "$0")" && pwd)
units=/etc/systemd/system

die() { echo "install.sh: $*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || die "run it as root"

remove() {
    if [ -d /run/systemd/system ]; then
        systemctl disable --now nut-monitor.service nut-server.service nut-driver-enumerator.path \
            nut-driver-enumerator.service nut-driver.target nut.target >/dev/null 2>&1
        systemctl stop 'nut-driver@*' >/dev/null 2>&1
    elif [ -x "$home/libexec/nut-service" ]; then
        "$home/libexec/nut-service" stop
    fi
    for place in "$links/bin" "$links/sbin" "$units" /etc/udev/rules.d /usr/lib/systemd/system-shutdown; do
        for file in "$place"/*; do
            if [ -L "$file" ]; then
                case $(readlink "$file") in "$home"/*) rm -f "$file" ;; esac
            fi
        done
    done
    if [ -d "$home/share/systemd" ]; then
        for file in "$home"/share/systemd/system/*; do rm -f "$units/${file##*/}"; done
        rm -f /etc/tmpfiles.d/nut-common.conf
    fi
    rm -rf "$home"
    if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
}

if [ "${1:-}" = --remove ]; then
    [ -e "$home/share/nut/programs" ] || die "there is nothing in $home"
    remove
    echo "Removed. The configuration stays in $etc."
    exit 0
fi
[ -e "$here/share/nut/programs" ] || die "$here is not the unpacked archive"
[ "$here" != "$home" ] || die "unpack the archive somewhere else than $home"
if command -v dpkg-query >/dev/null && dpkg-query -W -f '${db:Status-Status}\n' nut-jvm-common 2>/dev/null | grep -q '^installed'; then
    die "nut-jvm is installed from packages here: apt remove 'nut-jvm-*' first"
fi

# For another machine: its programs would not start, with nothing but "not found" to say so.
"$here/lib/runtime/bin/java" -version >/dev/null 2>&1 ||
    die "the run-time in this archive does not start here ($(uname -m), $(ldd --version 2>&1 | head -n 1)): take the archive for \
this machine; musl and glibc before 2.17 will not do"

mkdir -p "${home%/*}" || die "cannot make ${home%/*}: set NUT_HOME to a directory that can be written, as /opt/nut-jvm"
need=$(($(du -sk "$here" | cut -f1) / 1024 + 20))
free=$(df -Pk "${home%/*}" | awk 'NR == 2 { print int($4 / 1024) }')
[ "${free:-0}" -ge "$need" ] || die "${home%/*} has $free MB left and $need are needed"

if ! grep -q '^nut:' /etc/passwd; then
    if command -v useradd >/dev/null; then
        useradd --system --user-group --home-dir /var/lib/nut --shell /usr/sbin/nologin nut
    elif command -v adduser >/dev/null; then
        addgroup -S nut 2>/dev/null
        adduser -S -D -H -G nut -s /sbin/nologin nut
    fi
fi
grep -q '^nut:' /etc/passwd || die "there is no user nut: make one with a group of the same name, then run this again"
for group in dialout uucp; do
    if grep -q "^$group:" /etc/group && command -v usermod >/dev/null; then usermod -a -G $group nut; fi
done

# Copied beside and moved there: what runs goes on with the old files until it is restarted. Times count: a cache knows its
# jars by them.
rm -rf "$home.new"
if ! cp -a "$here" "$home.new"; then
    rm -rf "$home.new"
    die "could not copy to $home.new: nothing is changed"
fi
chown -R 0:0 "$home.new"
rm -f "$home.new/install.sh"
cp "$here/install.sh" "$home.new/libexec/install.sh"
if [ "$home" != /usr/lib/nut-jvm ]; then
    grep -rl /usr/lib/nut-jvm "$home.new/share/systemd" "$home.new/libexec" | while read -r file; do
        sed -i "s,/usr/lib/nut-jvm,$home,g" "$file"
    done
fi
rm -rf "$home.old"
if [ -e "$home" ]; then mv "$home" "$home.old"; fi
mv "$home.new" "$home" || die "could not move the tree to $home; the one before is in $home.old"
rm -rf "$home.old"

mkdir -p "$links/bin" "$links/sbin"
while read -r _ directory name; do
    case $directory in
        bin | sbin)
            if ! grep -q daemons.aot "$home/$directory/$name" || [ "$directory" = sbin ]; then
                ln -sfn "$home/$directory/$name" "$links/$directory/$name"
            fi ;;
    esac
done <"$home/share/nut/programs"

# Configuration that is there is left alone, but for who may read it.
mkdir -p "$etc"
for sample in "$home"/etc/*.sample; do
    file=$etc/$(basename "$sample" .sample)
    if ! [ -e "$file" ]; then
        (umask 077 && cp "$sample" "$file") && chmod 0640 "$file" && chgrp nut "$file"
        # The web server's user reads those of the status pages; they have no passwords.
        case ${file##*/} in hosts.conf | upsset.conf | upsstats*) chmod 0644 "$file" ;; esac
    fi
done
chgrp nut "$etc"

if [ -d /etc/udev/rules.d ]; then
    ln -sfn "$home/share/udev/rules.d/62-nut-usbups.rules" /etc/udev/rules.d/62-nut-usbups.rules
    if command -v udevadm >/dev/null; then udevadm control --reload >/dev/null 2>&1; udevadm trigger --subsystem-match=usb >/dev/null 2>&1; fi
fi
install -d -m 0770 -o root -g nut /run/nut 2>/dev/null || { mkdir -p /run/nut && chown root:nut /run/nut && chmod 770 /run/nut; }

if [ -d /run/systemd/system ]; then
    mkdir -p /etc/tmpfiles.d "$units"
    cp "$home/share/systemd/tmpfiles.d/nut-common.conf" /etc/tmpfiles.d/
    cp "$home"/share/systemd/system/* "$units/"
    if mkdir -p /usr/lib/systemd/system-shutdown 2>/dev/null; then
        ln -sfn "$home/libexec/nutshutdown" /usr/lib/systemd/system-shutdown/nutshutdown
    fi
    systemctl daemon-reload
    systemctl enable -q nut-driver-enumerator.service nut-driver-enumerator.path nut-server.service nut-monitor.service \
        nut-driver.target nut.target
    start="systemctl restart nut.target"
else
    start="$home/libexec/nut-service start (at each boot, and $home/libexec/nutshutdown at the end of each shutdown)"
fi
cat <<EOF
Installed in $home. Now:
  1. write the files in $etc ($links/bin/nut-scanner -U prints sections of ups.conf for USB devices),
     and MODE= in $etc/nut.conf
  2. $links/sbin/nut-check says what is wrong with them
  3. $start
EOF
