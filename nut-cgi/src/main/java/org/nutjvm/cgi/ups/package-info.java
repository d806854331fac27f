/// What pages need to know of UPSes and of the configuration, as interfaces and values. Pure.
@NullMarked
package org.nutjvm.cgi.ups;

import org.jspecify.annotations.NullMarked;
