package org.nutjvm.common.conf;

/// The words of upssched.conf.
public enum UpsschedDirective implements Directive {
    CMDSCRIPT(
            Kind.TEXT, "command", "none, one is needed", "run with the name of a timer or an EXECUTE as last argument"),
    PIPEFN(Kind.PATH, "file", "none, one is needed", "socket of the timer daemon, in a directory only it may write to"),
    LOCKFN(Kind.PATH, "file", "none, one is needed", "keeps two first timers from starting two daemons"),
    AT(
            Kind.LIST,
            "type ups command ...",
            "none",
            "what to do at an event: START-TIMER name seconds, START-TIMER-SHARED name seconds, CANCEL-TIMER name"
                    + " [command], CANCEL-TIMER-MATCHED name [command], EXECUTE command; ups may be *"),
    DEBUG_MIN(Kind.NUMBER, "number", "0", "the least debug level");

    private final Entry entry;

    UpsschedDirective(Kind kind, String arguments, String standard, String meaning) {
        this.entry = new Entry(name(), kind, arguments, standard, meaning);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
