package org.nutjvm.common;

/// Which NUT this is, as programs, both protocols and the packages say it.
public final class NutVersion {
    /// The upstream release whose files, protocols, options and messages these programs are interchangeable with.
    public static final String UPSTREAM = "2.8.5";

    /// The version of this product itself.
    public static final String PRODUCT = "0.1.0";

    /// What stands where C programs have `UPS_VERSION`: in banners, in `VER`, in `driver.version`.
    public static final String VERSION = UPSTREAM + "-jvm-" + PRODUCT;

    private static final String SSL = "SSL support: Java's, with files as OpenSSL's";

    /// What upsd says of its encryption, in the words by which upstream's tests find out what to try (server/netssl.c:
    /// net_ssl_caps_descr).
    public static final String SERVER_SSL =
            "NUT data server was built with " + SSL + "; with client certificate validation";

    /// What clients say of theirs (clients/upsclient.c: upscli_report_build_details).
    public static final String CLIENT_SSL = "Using NUT libupsclient library version " + VERSION + " built with " + SSL;

    private NutVersion() {}

    /// The line `-V` prints, and which opens `-h` (common/common-nut_version.c: print_banner_once).
    public static String banner(String program) {
        return "Network UPS Tools " + program + " " + VERSION;
    }
}
