/// tripplite: SmartPro UPSes of Tripp Lite on serial lines.
@NullMarked
package org.nutjvm.drivers.tripplite;

import org.jspecify.annotations.NullMarked;
