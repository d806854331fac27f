package org.nutjvm.cgi.run;

import java.time.Duration;
import org.nutjvm.cgi.ups.UpsTrouble;
import org.nutjvm.cgi.ups.UpsTrouble.Kind;
import org.nutjvm.common.client.NutException;
import org.nutjvm.common.client.UpsAddress;
import org.nutjvm.common.client.UpsdClient;
import org.nutjvm.common.client.UpsdClient.Family;

/// Connections to servers as pages need them: with short limits, and failures in words for a page.
public final class Servers {
    private Servers() {}

    /// Where a UPS of hosts.conf is.
    public static UpsAddress address(String ups) throws UpsTrouble {
        try {
            return UpsAddress.ofUps(ups);
        } catch (UpsAddress.Malformed e) {
            throw new UpsTrouble(Kind.NAME, "Unusable UPS definition [" + ups + "]");
        }
    }

    /// What went wrong, for a page.
    public static UpsTrouble trouble(NutException e) {
        return new UpsTrouble(kind(e), e.getMessage());
    }

    private static Kind kind(NutException e) {
        return switch (e.reason()) {
            case UNKNOWNUPS -> Kind.UNKNOWN_UPS;
            case DATASTALE -> Kind.DRIVER;
            case DRVNOTCONN -> e.answered() ? Kind.DRIVER : Kind.SERVER;
            case ACCESSDENIED, PWDREQUIRED, PWDINCORRECT, INVUSERNAME, INVPASSWORD, USERREQUIRED -> Kind.ACCESS;
            default -> e.answered() ? Kind.REFUSED : Kind.SERVER;
        };
    }

    /// Connects, encrypted as the keys say.
    public static UpsdClient connect(UpsAddress address, Duration connectTimeout, Duration readTimeout, Keyring keys)
            throws UpsTrouble {
        var tls = keys.tls(address);
        try {
            return UpsdClient.connect(address.host(), address.port(), Family.ANY, connectTimeout, readTimeout, tls);
        } catch (NutException e) {
            throw trouble(e);
        }
    }

    /// The same, and the server knows who reads, where nutauth.conf has somebody.
    public static UpsdClient reader(UpsAddress address, Duration connectTimeout, Duration readTimeout, Keyring keys)
            throws UpsTrouble {
        UpsdClient client = connect(address, connectTimeout, readTimeout, keys);
        try {
            keys.introduce(client, address);
            return client;
        } catch (NutException e) {
            client.close();
            throw trouble(e);
        } catch (UpsTrouble e) {
            client.close();
            throw e;
        }
    }
}
