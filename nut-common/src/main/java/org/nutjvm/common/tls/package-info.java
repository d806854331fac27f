/// Encryption: keys and certificates out of PEM files as OpenSSL has them, and what the JDK's TLS needs of them.
@NullMarked
package org.nutjvm.common.tls;

import org.jspecify.annotations.NullMarked;
