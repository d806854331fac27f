# Runs a script as a reader of the documentation would, on a machine of its own: nothing it does to /etc, /run, /opt,
# the home directory, processes or the network is seen outside. Called in new mount, network and process namespaces.
# usage: stage.sh TREE DIRECTORY SCRIPT (the directory is empty and ours), as root
set -eu
tree=$1
work=$2
script=$3

ip link set lo up
mkdir "$work/etc" "$work/bin"
cp -a /etc/. "$work/etc"
rm -rf "$work/etc/nut"
mount --bind "$work/etc" /etc
cp "$script" "$work/etc/page.sh"
mount -t tmpfs -o mode=755 none /run
mount -t tmpfs -o mode=755 none /opt
mkdir -p /opt/nut /run/home/packaging/target
mount --bind "$tree" /opt/nut
ln -s /opt/nut /run/home/packaging/target/nut
chown -R nobody /run/home
# root is who runs this already
printf '#!/bin/sh\nexec "$@"\n' >"$work/bin/sudo"
chmod 755 "$work/bin/sudo"
# All that is mounted above hides the directory of the script's own output, which is open already.
export PATH="$work/bin:/opt/nut/bin:/opt/nut/sbin:/usr/sbin:/usr/bin:/sbin:/bin" HOME=/run/home NUT_HOME=/opt/nut
cd /run/home
if [ "${4:-}" = nobody ]; then
    exec setpriv --reuid nobody --regid nogroup --clear-groups sh /etc/page.sh
fi
exec sh /etc/page.sh
