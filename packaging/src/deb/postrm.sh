case ${1:-} in
    abort-install) put_back ;;
    remove)
        if [ "$package" = nut-jvm-runtime ]; then
            # Made here, where the package had none.
            rm -f "$home"/lib/*.aot
            rmdir --ignore-fail-on-non-empty "$home/lib" "$home" 2>/dev/null || true
        fi
        if [ -n "$units" ] && booted; then systemctl --system daemon-reload >/dev/null || true; fi
        ;;
    purge)
        # dpkg removes the configuration. The user stays, as files may be its own.
        if [ -n "$units" ] && command -v deb-systemd-helper >/dev/null; then
            # shellcheck disable=SC2086
            deb-systemd-helper purge $units >/dev/null || true
        fi
        if [ "$package" = nut-jvm-server ]; then
            rm -f /etc/systemd/system/nut-driver@*.service.d/nut-driver-enumerator-generated*.conf
            rmdir --ignore-fail-on-non-empty /etc/systemd/system/nut-driver@*.service.d 2>/dev/null || true
            rm -f /etc/systemd/system/nut-driver.target.wants/nut-driver@*.service
        fi
        if [ "$package" = nut-jvm-cgi ]; then rm -rf /var/lib/nut-cgi; fi # what UPSes said in the last days
        if [ "$package" = nut-jvm-java ]; then rm -f /var/log/nut-make-caches.log; fi
        ;;
esac
