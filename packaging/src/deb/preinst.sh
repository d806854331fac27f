case ${1:-} in
    install)
        # With a second argument it was here before, and dpkg knows the files.
        if [ -z "${2:-}" ]; then set_aside; fi ;;
esac
