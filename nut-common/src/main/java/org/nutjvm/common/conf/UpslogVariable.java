package org.nutjvm.common.conf;

/// The variables of upslog.conf, which systemd reads for nut-logger.service: assignments, as in nut.conf.
public enum UpslogVariable implements Directive {
    UPSLOG_ARGS(Kind.TEXT, "options", "none, the service needs some", "the command line of upslog");

    /// The file's name in the configuration directory.
    public static final String FILE = "upslog.conf";

    private final Entry entry;

    UpslogVariable(Kind kind, String arguments, String standard, String meaning) {
        this.entry = new Entry(name(), kind, arguments, standard, meaning);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
