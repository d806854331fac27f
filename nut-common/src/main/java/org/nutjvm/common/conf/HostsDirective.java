package org.nutjvm.common.conf;

/// The words of hosts.conf, which names the devices that status pages show.
public enum HostsDirective implements Directive {
    MONITOR(Kind.LIST, "ups@host[:port] text", "none", "a device to show, and what to call it"),
    CUSTOM_TEMPLATE_LIST(Kind.PATH, "file", "none", "a page for all devices, beside this file, that may be asked for"),
    CUSTOM_TEMPLATE_SINGLE(Kind.PATH, "file", "none", "a page for one device, beside this file, that may be asked for");

    /// The file's name in the configuration directory.
    public static final String FILE = "hosts.conf";

    private final Entry entry;

    HostsDirective(Kind kind, String arguments, String standard, String meaning) {
        this.entry = new Entry(name(), kind, arguments, standard, meaning);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
