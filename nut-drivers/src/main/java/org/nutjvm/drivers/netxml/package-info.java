/// `netxml-ups`: MGE and Eaton network cards that tell of their UPS in XML over HTTP.
@NullMarked
package org.nutjvm.drivers.netxml;

import org.jspecify.annotations.NullMarked;
