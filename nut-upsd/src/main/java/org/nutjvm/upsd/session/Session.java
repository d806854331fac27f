package org.nutjvm.upsd.session;

import org.jspecify.annotations.Nullable;
import org.nutjvm.common.conf.UpsdUsers;

/// What the server remembers of one connection (server/nut_ctype.h). It belongs to the event loop.
public final class Session {
    private final long serial;
    private final String address;
    private final byte[] raw;
    private @Nullable String username;
    private @Nullable String password;
    private @Nullable Device login;
    private boolean tracking;
    private boolean encrypted;
    private @Nullable UpsdUsers proofOf;
    private boolean proof;
    private int denials;

    /// A fresh connection.
    ///
    /// @param serial grows from connection to connection
    /// @param address where the client is, as it is shown to others
    /// @param raw the same in bytes
    public Session(long serial, String address, byte[] raw) {
        this.serial = serial;
        this.address = address;
        this.raw = raw.clone();
    }

    /// Nowhere in particular.
    Session(long serial, String address) {
        this(serial, address, new byte[4]);
    }

    byte[] raw() {
        return raw.clone();
    }

    /// Whether the password is the user's, once that is known.
    ///
    /// @param of the users it is about
    @Nullable
    Boolean proof(UpsdUsers of) {
        return proofOf == of ? proof : null;
    }

    /// What is known of the password from now on.
    public void proof(UpsdUsers of, boolean right) {
        proofOf = of;
        proof = right;
    }

    /// Whether this connection has shown a right password, some time.
    public boolean proven() {
        return proof;
    }

    public String address() {
        return address;
    }

    /// As claimed, not as proven.
    public @Nullable String username() {
        return username;
    }

    /// The device it is logged into.
    public @Nullable Device login() {
        return login;
    }

    /// Whether commands of this connection get an id by which their outcome can be asked for.
    public boolean tracking() {
        return tracking;
    }

    /// The connection is encrypted from now on.
    public void encrypted() {
        encrypted = true;
    }

    boolean isEncrypted() {
        return encrypted;
    }

    long serial() {
        return serial;
    }

    @Nullable
    String password() {
        return password;
    }

    void username(String name) {
        username = name;
    }

    void password(String secret) {
        password = secret;
    }

    void tracking(boolean on) {
        tracking = on;
    }

    int denied() {
        return ++denials;
    }

    void login(Device device) {
        login = device;
        device.logins().add(this);
    }

    /// Ends the login, if there is one: the connection is going away.
    public void leave() {
        var device = login;
        if (device != null) {
            device.logins().remove(this);
            login = null;
        }
    }
}
