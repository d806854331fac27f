# With -F and one driver to start this becomes the driver: upsdrvctl says what that is, and nothing if that is not so.
if [ -z "${NUT_UPSDRVCTL_HANDOVER:-}" ]; then
    for word in "$@"; do
        case $word in -*F*)
            become=$(NUT_UPSDRVCTL_HANDOVER=1 "$self" "$@")
            eval "$become"
            break
            ;;
        esac
    done
fi
