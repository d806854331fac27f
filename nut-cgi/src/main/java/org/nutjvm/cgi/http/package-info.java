/// HTTP/1.1 as far as status pages need it: requests out of bytes, answers into bytes.
@NullMarked
package org.nutjvm.cgi.http;

import org.jspecify.annotations.NullMarked;
