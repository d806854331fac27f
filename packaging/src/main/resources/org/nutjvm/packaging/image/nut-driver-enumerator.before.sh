# What an administrator has set for it, in the language of the shell as upstream has it.
conf=${NUT_DRIVER_ENUMERATOR_CONF:-${NUT_CONFPATH:-/etc/nut}/nut-driver-enumerator.conf}
if [ -s "$conf" ]; then
    set -a
    . "$conf" >&2
    set +a
fi
