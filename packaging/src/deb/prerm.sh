case ${1:-} in
    remove)
        if [ -n "$units" ] && booted; then
            case $package in
                nut-jvm-server) systemctl stop 'nut-driver@*' >/dev/null 2>&1 || true ;;
            esac
            # shellcheck disable=SC2086 # several words are several units
            systemctl stop $units >/dev/null 2>&1 || true
        fi
        if [ "$package" = nut-jvm-java ]; then
            if booted; then systemctl stop nut-make-caches.service 2>/dev/null || true; fi
            rm -rf "$home/lib/runtime" "$home/lib/runtime.new" "$home/lib/native" "$home/lib/caches.new"
            rm -f "$home"/lib/*.aot
        fi
        ;;
    upgrade | deconfigure)
        # Of other jars they do not fit, and new ones are made.
        if [ "$package" = nut-jvm-java ]; then
            if booted; then systemctl stop nut-make-caches.service 2>/dev/null || true; fi
            rm -f "$home"/lib/*.aot
        fi ;;
esac
