package org.nutjvm.common.conf;

/// The words of a section of upsd.users. All are read in any case.
public enum UserField implements Directive {
    PASSWORD("password", Kind.TEXT, "text", "none: the user cannot log in", "the user's password, as it is"),
    ACTIONS("actions", Kind.LIST, "SET|FSD ...", "none", "what the user may do: change variables, force a shutdown"),
    INSTCMDS("instcmds", Kind.LIST, "command ...|ALL", "none", "instant commands the user may give"),
    UPSMON("upsmon", Kind.CHOICE, "primary|secondary", "none", "what a upsmon needs that logs in as this user"),
    ALLOWFROM("allowfrom", Kind.LIST, "name ...", "", "obsolete and ignored: use LISTEN and a firewall");

    private final String word;
    private final Kind kind;
    private final String arguments;
    private final String standard;
    private final String meaning;

    UserField(String word, Kind kind, String arguments, String standard, String meaning) {
        this.word = word;
        this.kind = kind;
        this.arguments = arguments;
        this.standard = standard;
        this.meaning = meaning;
    }

    boolean is(String found) {
        return word.equalsIgnoreCase(found);
    }

    @Override
    public String word() {
        return word;
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
