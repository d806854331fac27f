# What prove-packages, prove-guide and prove-container share: sourced, not run.

# over ROOT WORK: an overlay on ROOT at WORK/r; what is changed stays in WORK
over() {
    mkdir -p "$2/upper" "$2/work" "$2/r"
    mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/r"
}

# devices ROOT: a /dev of its own
devices() {
    mount -t tmpfs tmpfs "$1/dev"
    local node
    for node in "null 1 3" "zero 1 5" "full 1 7" "random 1 8" "urandom 1 9" "tty 5 0"; do
        # shellcheck disable=SC2086
        set -- "$1" $node
        mknod -m 666 "$1/dev/$2" c "$3" "$4"
    done
    mkdir "$1/dev/shm"
}

# typed PAGE [HEADING]: what a reader of a page of $project types, or of one part of it: `sh` blocks and those of $kind
kind=systemd
typed() {
    awk -v heading="${2:-}" -v kind="$kind" '
        BEGIN { on = heading == "" }
        !inside && /^## / { on = heading == "" || $0 == "## " heading }
        !inside && /^```/ {
            inside = 1
            wanted = on && ($0 == "```sh" || $0 == "```sh " kind)
            if (wanted) print "echo \"### line " NR "\""
            next
        }
        /^```/ { inside = 0 }
        inside && wanted' "$project/$1"
}
