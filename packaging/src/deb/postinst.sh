case ${1:-} in
    configure | abort-remove | abort-deconfigure)
        put_back
        heal
        case $package in
            nut-jvm-common)
                if command -v systemd-sysusers >/dev/null; then
                    systemd-sysusers nut-common.conf || true
                fi
                if ! getent passwd nut >/dev/null && command -v adduser >/dev/null; then
                    adduser --quiet --system --group --home /var/lib/nut --no-create-home nut || true
                    adduser --quiet nut dialout || true
                fi
                if ! getent passwd nut-cgi >/dev/null && command -v adduser >/dev/null; then
                    adduser --quiet --system --group --home /var/lib/nut-cgi --no-create-home nut-cgi || true
                fi
                if ! getent passwd nut >/dev/null; then
                    say "there is no user nut and it could not be made: make one, then dpkg --configure -a"
                    exit 1
                fi
                if command -v systemd-tmpfiles >/dev/null; then
                    systemd-tmpfiles --create nut-common.conf || true
                else
                    install -d -m 0770 -o root -g nut /run/nut
                fi
                ;;
            nut-jvm-runtime)
                # One that was linked for another machine comes without.
                if ! ls "$home"/lib/*.aot >/dev/null 2>&1; then "$home/libexec/nut-make-caches" --background || true; fi ;;
            nut-jvm-java)
                if "$home/libexec/nut-java-setup"; then
                    "$home/libexec/nut-make-caches" --background || true
                else
                    say "nothing of NUT runs until that is done"
                fi ;;
        esac
        if [ -n "$conffiles" ]; then secure; fi
        if [ -n "$units" ]; then
            enable
            if booted; then
                systemctl --system daemon-reload >/dev/null || true
                if command -v udevadm >/dev/null && [ "$package" = nut-jvm-server ]; then
                    udevadm control --reload >/dev/null 2>&1 || true
                    udevadm trigger --subsystem-match=usb --action=change >/dev/null 2>&1 || true
                fi
                if [ -n "${2:-}" ]; then
                    case $package in
                        nut-jvm-client) deb-systemd-invoke try-restart nut-monitor.service nut-logger.service >/dev/null || true ;;
                        nut-jvm-cgi) deb-systemd-invoke try-restart nut-cgi.service >/dev/null || true ;;
                        nut-jvm-server)
                            systemctl try-restart 'nut-driver@*' >/dev/null 2>&1 || true
                            deb-systemd-invoke try-restart nut-server.service >/dev/null || true ;;
                    esac
                fi
                # Not waited for: what is not configured yet says so in the journal.
                systemctl start --no-block nut.target >/dev/null 2>&1 || true
                if [ "$package" = nut-jvm-server ]; then
                    systemctl start --no-block nut-driver-enumerator.path nut-driver-enumerator.service >/dev/null 2>&1 || true
                fi
            fi
        fi
        ;;
    triggered)
        if [ "$package" != nut-jvm-java ]; then
            # Debian's package of the same units was purged.
            enable
            if booted; then systemctl --system daemon-reload >/dev/null || true; fi
            exit 0
        fi
        # A Java of this machine came, went or changed.
        before=$(cat "$home/lib/runtime/made-of" 2>/dev/null || true)
        if "$home/libexec/nut-java-setup" --if-changed; then
            if [ "$before" != "$(cat "$home/lib/runtime/made-of" 2>/dev/null || true)" ]; then
                "$home/libexec/nut-make-caches" --background || true
                if booted; then
                    systemctl try-restart 'nut-driver@*' nut-server.service nut-monitor.service >/dev/null 2>&1 || true
                fi
            fi
        fi
        ;;
esac
