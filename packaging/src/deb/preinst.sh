case ${1:-} in
    install)
        # With a second argument it was here before, and dpkg knows the files, unless Debian's had them in between.
        for file in $conffiles; do
            others=$(dpkg-query -S "$etc/$file" 2>/dev/null | sed 's/: .*//' | tr -d ' ' | tr , '\n' | grep -v '^nut-jvm-' || :)
            if [ -z "${2:-}" ] || [ -n "$others" ]; then set_aside "$file"; fi
        done ;;
esac
