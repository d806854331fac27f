package org.nutjvm.common.conf;

/// The words of upsset.conf.
public enum UpssetDirective implements Directive {
    I_HAVE_SECURED_MY_CGI_DIRECTORY(
            Kind.FLAG, "", "off", "upsset.cgi works: others are kept from it by the web server or a firewall");

    /// The file's name in the configuration directory.
    public static final String FILE = "upsset.conf";

    private final Entry entry;

    UpssetDirective(Kind kind, String arguments, String standard, String meaning) {
        this.entry = new Entry(name(), kind, arguments, standard, meaning);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
