package org.nutjvm.common.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Private keys in all the forms OpenSSL writes: PKCS#8, plain and encrypted (PBES2 and older), and its traditional
/// ones for RSA (PKCS#1) and elliptic curves (SEC 1), plain and encrypted. The JDK reads only the first by itself.
final class PrivateKeys {
    private static final byte[] VERSION_0 = {Der.INTEGER, 1, 0};
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_OID = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int CONTEXT_0 = 0xa0;
    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String PBKDF2 = "1.2.840.113549.1.5.12";

    /// What is wrong with a key, in words that go on after "the key ".
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;

        Unusable(String why, @Nullable Throwable cause) {
            super(why, cause);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    private PrivateKeys() {}

    /// Whether the block is one.
    static boolean is(Pem.Block block) {
        return block.type().endsWith("PRIVATE KEY");
    }

    /// The key in a block.
    ///
    /// @param parameters the block `EC PARAMETERS` before it, which old keys of elliptic curves need
    static PrivateKey read(Pem.Block block, Pem.@Nullable Block parameters, String password) throws Unusable {
        try {
            return switch (block.type()) {
                case "PRIVATE KEY" -> pkcs8(block.bytes());
                case "ENCRYPTED PRIVATE KEY" -> pkcs8(decrypted(block.bytes(), password));
                case "RSA PRIVATE KEY" -> pkcs8(wrapped(RSA, traditional(block, password)));
                case "EC PRIVATE KEY" -> ec(traditional(block, password), parameters);
                default ->
                    throw new Unusable(
                            "is of a kind (" + block.type() + ") that TLS cannot use: RSA, EC or EdDSA", null);
            };
        } catch (Der.Malformed e) {
            throw new Unusable("is damaged", e);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new Unusable("cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static PrivateKey pkcs8(byte[] bytes) throws Der.Malformed, GeneralSecurityException, Unusable {
        var parts = Der.one(bytes, Der.SEQUENCE).parts();
        String oid = algorithm(parts, 1);
        String algorithm = switch (oid) {
            case "1.2.840.113549.1.1.1" -> "RSA";
            case "1.2.840.113549.1.1.10" -> "RSASSA-PSS";
            case "1.2.840.10045.2.1" -> "EC";
            case "1.3.101.112", "1.3.101.113" -> "EdDSA";
            default -> throw new Unusable("is of a kind (" + oid + ") that TLS cannot use: RSA, EC or EdDSA", null);
        };
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    private static String algorithm(List<Der.Value> parts, int index) throws Der.Malformed {
        return Der.part(Der.part(parts, index, Der.SEQUENCE).parts(), 0, Der.OID)
                .oid();
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return Der.of(Der.SEQUENCE, VERSION_0, algorithm, Der.of(Der.OCTETS, key));
    }

    private static PrivateKey ec(byte[] key, Pem.@Nullable Block parameters)
            throws Der.Malformed, GeneralSecurityException, Unusable {
        byte[] curve = parameters == null ? null : parameters.bytes();
        for (var part : Der.one(key, Der.SEQUENCE).parts()) {
            if (part.tag() == CONTEXT_0) {
                curve = part.content();
            }
        }
        if (curve == null) {
            throw new Unusable("does not say which curve it is of (the block EC PARAMETERS is missing)", null);
        }
        return pkcs8(wrapped(Der.of(Der.SEQUENCE, EC_OID, curve), key));
    }

    // Encrypted PKCS#8

    private static byte[] decrypted(byte[] bytes, String password)
            throws Der.Malformed, GeneralSecurityException, IOException, Unusable {
        needed(password);
        var parts = Der.one(bytes, Der.SEQUENCE).parts();
        if (!algorithm(parts, 0).equals(PBES2)) {
            return older(bytes, password);
        }
        var pbes2 = Der.part(parts.getFirst().parts(), 1, Der.SEQUENCE).parts();
        var function = Der.part(pbes2, 0, Der.SEQUENCE).parts();
        var scheme = Der.part(pbes2, 1, Der.SEQUENCE).parts();
        String kind = Der.part(function, 0, Der.OID).oid();
        if (!kind.equals(PBKDF2)) {
            throw new Unusable(
                    "is encrypted in a way (" + kind
                            + ") that is not known here: write it anew by `openssl pkcs8 -topk8`",
                    null);
        }
        String cipher = Der.part(scheme, 0, Der.OID).oid();
        int bits = switch (cipher) {
            case "2.16.840.1.101.3.4.1.2" -> 128;
            case "2.16.840.1.101.3.4.1.22", "1.2.840.113549.3.7" -> 192;
            case "2.16.840.1.101.3.4.1.42" -> 256;
            default ->
                throw new Unusable(
                        "is encrypted in a way (" + cipher
                                + ") that is not known here: write it anew by `openssl pkcs8 -topk8`",
                        null);
        };
        boolean des = cipher.startsWith("1.2.840");
        var settings = Der.part(function, 1, Der.SEQUENCE).parts();
        var spec = new PBEKeySpec(
                password.toCharArray(),
                Der.part(settings, 0, Der.OCTETS).content(),
                Der.part(settings, 1, Der.INTEGER).number(),
                bits);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2With" + hmac(settings))
                .generateSecret(spec)
                .getEncoded();
        return decipher(
                des,
                key,
                Der.part(scheme, 1, Der.OCTETS).content(),
                Der.part(parts, 1, Der.OCTETS).content());
    }

    private static String hmac(List<Der.Value> settings) throws Der.Malformed, NoSuchAlgorithmException {
        for (var part : settings) {
            if (part.tag() == Der.SEQUENCE) {
                String oid = Der.part(part.parts(), 0, Der.OID).oid();
                return switch (oid) {
                    case "1.2.840.113549.2.7" -> "HmacSHA1";
                    case "1.2.840.113549.2.8" -> "HmacSHA224";
                    case "1.2.840.113549.2.9" -> "HmacSHA256";
                    case "1.2.840.113549.2.10" -> "HmacSHA384";
                    case "1.2.840.113549.2.11" -> "HmacSHA512";
                    default -> throw new NoSuchAlgorithmException("digest " + oid);
                };
            }
        }
        return "HmacSHA1";
    }

    private static byte[] older(byte[] bytes, String password) throws GeneralSecurityException, IOException, Unusable {
        var info = new EncryptedPrivateKeyInfo(bytes);
        var key =
                SecretKeyFactory.getInstance(info.getAlgName()).generateSecret(new PBEKeySpec(password.toCharArray()));
        var cipher = Cipher.getInstance(info.getAlgName());
        cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
        try {
            return cipher.doFinal(info.getEncryptedData());
        } catch (GeneralSecurityException e) {
            throw wrongPassword(e);
        }
    }

    // The traditional encryption: headers Proc-Type and DEK-Info

    private static byte[] traditional(Pem.Block block, String password) throws GeneralSecurityException, Unusable {
        String info = block.headers().get("DEK-Info");
        if (info == null) {
            return block.bytes();
        }
        needed(password);
        int comma = info.indexOf(',');
        String cipher = info.substring(0, Math.max(comma, 0)).toUpperCase(Locale.ROOT);
        int length = switch (cipher) {
            case "AES-128-CBC" -> 16;
            case "AES-192-CBC", "DES-EDE3-CBC" -> 24;
            case "AES-256-CBC" -> 32;
            default ->
                throw new Unusable(
                        "is encrypted in a way (" + info
                                + ") that is not known here: write it anew by `openssl pkcs8 -topk8`",
                        null);
        };
        byte[] iv = HexFormat.of().parseHex(info.substring(comma + 1).strip());
        return decipher(cipher.startsWith("DES"), stretched(password, Arrays.copyOf(iv, 8), length), iv, block.bytes());
    }

    /// EVP_BytesToKey with MD5, once.
    private static byte[] stretched(String password, byte[] salt, int length) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("MD5");
        byte[] key = new byte[length];
        byte[] block = {};
        for (int at = 0; at < length; at += block.length) {
            digest.update(block);
            digest.update(password.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            block = digest.digest(salt);
            System.arraycopy(block, 0, key, at, Math.min(block.length, length - at));
        }
        return key;
    }

    private static byte[] decipher(boolean des, byte[] key, byte[] iv, byte[] data)
            throws GeneralSecurityException, Unusable {
        var cipher = Cipher.getInstance(des ? "DESede/CBC/PKCS5Padding" : "AES/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, des ? "DESede" : "AES"), new IvParameterSpec(iv));
        try {
            byte[] plain = cipher.doFinal(data);
            Der.one(plain, Der.SEQUENCE);
            return plain;
        } catch (GeneralSecurityException | Der.Malformed e) {
            throw wrongPassword(e);
        }
    }

    private static Unusable wrongPassword(Exception e) {
        return new Unusable("is encrypted, and the password in CERTIDENT does not open it", e);
    }

    private static void needed(String password) throws Unusable {
        if (password.isEmpty()) {
            throw new Unusable("is encrypted: its password has to be in CERTIDENT", null);
        }
    }
}
