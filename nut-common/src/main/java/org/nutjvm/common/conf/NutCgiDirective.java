package org.nutjvm.common.conf;

/// The words of nut-cgi.conf, for the small server of status pages.
public enum NutCgiDirective implements Directive {
    LISTEN(Kind.LIST, "address [port]", "127.0.0.1 8080", "an address of this machine to serve pages at"),
    CERTFILE(Kind.PATH, "file", "none: no encryption", "certificate, chain and private key, a PEM file"),
    CERTIDENT(Kind.LIST, "name password", "none", "the certificate's name, and the password of the key"),
    READER(Kind.LIST, "name password", "none: everybody", "who may read pages"),
    SERVERNAME(Kind.TEXT, "name", "localhost and this machine's", "a name browsers know this server by"),
    ALLOW_UNPROTECTED(
            Kind.BOOLEAN, "yes or no", "no", "whether others than this machine may come without encryption or login"),
    POLLINTERVAL(Kind.SECONDS, "seconds", "2", "between two questions to a server of UPSes"),
    HISTORY(Kind.PATH, "directory or none", "/var/lib/nut-cgi", "where values are kept for plots");

    private final Entry entry;

    NutCgiDirective(Kind kind, String arguments, String standard, String meaning) {
        this.entry = new Entry(name(), kind, arguments, standard, meaning);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
