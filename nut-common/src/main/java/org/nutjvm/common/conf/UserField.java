package org.nutjvm.common.conf;

/// The words of a section of upsd.users. All are read in any case.
public enum UserField implements Directive {
    PASSWORD(
            "password",
            Kind.TEXT,
            "text",
            "none: the user cannot log in",
            "the user's password as it is, or its check value (nutconf --hash-password)"),
    ACTIONS("actions", Kind.LIST, "SET|FSD ...", "none", "what the user may do: change variables, force a shutdown"),
    INSTCMDS("instcmds", Kind.LIST, "command ...|ALL", "none", "instant commands the user may give"),
    UPSMON("upsmon", Kind.CHOICE, "primary|secondary", "none", "what a upsmon needs that logs in as this user"),
    ALLOWFROM("allowfrom", Kind.LIST, "name ...", "", "obsolete and ignored: use LISTEN and a firewall");

    private final Entry entry;

    UserField(String word, Kind kind, String arguments, String standard, String meaning) {
        this.entry = new Entry(word, kind, arguments, standard, meaning);
    }

    boolean is(String found) {
        return word().equalsIgnoreCase(found);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
