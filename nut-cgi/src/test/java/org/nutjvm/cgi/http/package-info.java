@NullMarked
package org.nutjvm.cgi.http;

import org.jspecify.annotations.NullMarked;
