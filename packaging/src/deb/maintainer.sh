# Common to the scripts of all packages. They know $package, $version, $conffiles, $units (without templates) and $files.
home=/usr/lib/nut-jvm
etc=/etc/nut
kept=.nut-jvm-kept

say() { echo "$package: $*" >&2; }

# dpkg would ask about each configuration file that comes from another package and has been edited, and fail where nobody
# answers. So that there is nothing to ask, the file is set aside and our sample put in its place before the package is
# unpacked; put_back undoes that.
set_aside() {
    if { [ -e "$etc/$1" ] || [ -L "$etc/$1" ]; } && ! [ -e "$etc/$1$kept" ]; then
        cp -a "$etc/$1" "$etc/$1$kept.new"
        mv -T "$etc/$1$kept.new" "$etc/$1$kept"
        (umask 077; sample "$1" >"$etc/$1.nut-jvm-new")
        mv -T "$etc/$1.nut-jvm-new" "$etc/$1"
    fi
}

put_back() {
    for file in $conffiles; do
        if [ -e "$etc/$file$kept" ] || [ -L "$etc/$file$kept" ]; then
            mv -fT "$etc/$file$kept" "$etc/$file"
        fi
        rm -f "$etc/$file$kept.new" "$etc/$file.nut-jvm-new"
    done
}

# Passwords are in there: for root and nut alone. What is stricter stays. The files of the status pages have none, and the
# web server's user has to read them.
secure() {
    chown root:nut "$etc" 2>/dev/null || true
    for file in $conffiles; do
        case $file in hosts.conf | upsset.conf | upsstats*) continue ;; esac
        if [ -f "$etc/$file" ]; then
            if [ -n "$(find -L "$etc/$file" -maxdepth 0 -perm /007)" ]; then
                say "$etc/$file could be read by everybody; it is for root and nut now"
                chmod o-rwx "$etc/$file"
            fi
            if [ -n "$(find -L "$etc/$file" -maxdepth 0 -group root)" ]; then chgrp nut "$etc/$file"; fi
        fi
    done
}

# See build-deb: files that went with another package.
heal() {
    echo "$files" | while read -r file how source; do
        if [ -n "$file" ] && ! [ -e "$file" ] && ! [ -L "$file" ]; then
            case $how in
                '->') mkdir -p "${file%/*}"; ln -s "$source" "$file" ;;
                '=') mkdir -p "${file%/*}"; cp -p "$source" "$file" ;;
            esac
        fi
    done
}

booted() { [ -d /run/systemd/system ] && command -v systemctl >/dev/null; }

# The units the preset enables. An administrator who has disabled one is left alone when this is an upgrade.
enable() {
    for unit in $units; do
        if grep -q "^enable $unit\$" /usr/lib/systemd/system-preset/60-nut.preset; then
            if command -v deb-systemd-helper >/dev/null; then
                deb-systemd-helper unmask "$unit" >/dev/null || true
                if deb-systemd-helper --quiet was-enabled "$unit"; then
                    deb-systemd-helper enable "$unit" >/dev/null || true
                else
                    deb-systemd-helper update-state "$unit" >/dev/null || true
                fi
            elif command -v systemctl >/dev/null; then
                systemctl --no-reload preset "$unit" >/dev/null 2>&1 || true
            fi
        fi
    done
}
