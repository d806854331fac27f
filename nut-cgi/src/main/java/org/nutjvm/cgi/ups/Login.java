package org.nutjvm.cgi.ups;

/// A user of a server, as upsd.users has them.
public record Login(String user, String password) {
    /// Without the password, which must get into no log.
    @Override
    public String toString() {
        return "Login[" + user + ']';
    }
}
