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

    private final Kind kind;
    private final String arguments;
    private final String standard;
    private final String meaning;

    UpsschedDirective(Kind kind, String arguments, String standard, String meaning) {
        this.kind = kind;
        this.arguments = arguments;
        this.standard = standard;
        this.meaning = meaning;
    }

    @Override
    public String word() {
        return name();
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String arguments() {
        return arguments;
    }

    @Override
    public String standard() {
        return standard;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
