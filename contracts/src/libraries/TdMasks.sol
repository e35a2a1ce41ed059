// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// @title Bits of a trust domain's report that must be set, and that may be. PROTOCOL.md section 10.
/// @dev The same table as lib/protocol/attestation/tcb/tdMasks.ts, which says what each bit means; both are tested against
/// tests/vectors/attestation/masks.json. Masks in the order of the report's bytes.
library TdMasks {
    uint256 private constant ATTRIBUTES_AT = 120;
    bytes8 private constant ATTRIBUTES_REQUIRED = 0x0000001000000000;
    bytes8 private constant ATTRIBUTES_ALLOWED = 0x000000d000000080;

    uint256 private constant XFAM_AT = 128;
    bytes8 private constant XFAM_REQUIRED = 0x0300000000000000;
    bytes8 private constant XFAM_ALLOWED = 0xe7db060000000000;

    /// @dev Of bodies of TDX 1.5: all zeros, or a service domain is bound to this one.
    uint256 private constant SERVICE_TD_AT = 600;

    /// @notice Whether nobody can debug, migrate or serve the domain, and nothing is set that is not known.
    /// @param body A TD report body, 584 bytes or, of TDX 1.5, 648.
    function areMet(bytes memory body) internal pure returns (bool) {
        for (uint256 i = SERVICE_TD_AT; i < body.length; ++i) {
            if (body[i] != 0) return false;
        }
        return _isWithin(_word(body, ATTRIBUTES_AT), ATTRIBUTES_REQUIRED, ATTRIBUTES_ALLOWED)
            && _isWithin(_word(body, XFAM_AT), XFAM_REQUIRED, XFAM_ALLOWED);
    }

    function _isWithin(bytes8 value, bytes8 required, bytes8 allowed) private pure returns (bool) {
        return value & required == required && value & ~allowed == 0;
    }

    function _word(bytes memory body, uint256 at) private pure returns (bytes8 word) {
        for (uint256 i; i < 8; ++i) {
            word |= bytes8(body[at + i]) >> (8 * i);
        }
    }
}
