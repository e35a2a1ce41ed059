// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IAttestationVerifier} from "./interfaces/IAttestationVerifier.sol";
import {IDcapAttestation} from "./interfaces/IDcapAttestation.sol";
import {Evidence} from "./libraries/Evidence.sol";
import {TdMasks} from "./libraries/TdMasks.sol";

/// @title Admits enclaves whose TDX quote a DCAP verifier on this chain accepts. PROTOCOL.md section 10.
/// @notice The quote's signature, certificates, and TCB are that verifier's part; measurements, attributes, features, TCB
/// status and report data are checked here, as browsers check them. RTMR3 covers app-id, compose-hash and key provider, so it is part of the measurement.
contract DcapVerifier is IAttestationVerifier {
    /// @dev Of the output's head; see IDcapAttestation.
    uint256 private constant BODY_AT = 11;
    uint256 private constant TD10_LENGTH = 584;
    uint256 private constant TD15_LENGTH = 648;
    /// @dev Offsets in a TD report body: Intel TDX DCAP Quoting Library API, A.3.2.
    uint256 private constant MRTD_AT = 136;
    uint256 private constant RTMR0_AT = 328;
    uint256 private constant REPORT_DATA_AT = 520;

    /// @dev Of the verifier's numbers for a TCB status; see IDcapAttestation.
    uint8 private constant TCB_REVOKED = 6;

    IDcapAttestation public immutable DCAP;

    /// @notice Bit i: TCB status number i of the DCAP verifier is accepted. Bit 0 is UpToDate.
    uint256 public immutable ACCEPTED_TCB;

    /// @notice An enclave that may be admitted: keccak256(MRTD | RTMR0 | RTMR1 | RTMR2 | RTMR3), and the app that RTMR3 names.
    struct Measurement {
        bytes32 registers;
        bytes20 appId;
    }

    /// @notice The app of the enclaves that measure so; zero for those that may not be admitted.
    mapping(bytes32 registers => bytes20) public appOf;

    error NoMeasurements();
    error ZeroAppId(bytes32 registers);

    event MeasurementAllowed(bytes32 indexed registers, bytes20 indexed appId);

    constructor(IDcapAttestation dcap, uint256 acceptedTcb, Measurement[] memory measurements) {
        if (measurements.length == 0) revert NoMeasurements();
        DCAP = dcap;
        ACCEPTED_TCB = acceptedTcb;
        for (uint256 i; i < measurements.length; ++i) {
            (bytes32 registers, bytes20 appId) = (measurements[i].registers, measurements[i].appId);
            if (appId == 0) revert ZeroAppId(registers);
            appOf[registers] = appId;
            emit MeasurementAllowed(registers, appId);
        }
    }

    /// @inheritdoc IAttestationVerifier
    function simulated() external pure returns (bool) {
        return false;
    }

    /// @inheritdoc IAttestationVerifier
    /// @dev `evidence` is abi.encode(quote, ""): nobody has to approve it.
    function verify(bytes calldata reportData, bytes20 appId, bytes calldata evidence) external returns (bool) {
        (bool ok, uint8 tcb, bytes memory body) = _check(evidence);
        return ok && _isAccepted(tcb) && TdMasks.areMet(body) && appId != 0 && appOf[_measurementOf(body)] == appId
            && keccak256(reportData) == keccak256(_slice(body, REPORT_DATA_AT, 64));
    }

    /// @inheritdoc IAttestationVerifier
    /// @dev Needs no proof: the verifier is asked again. Only its yes with a TCB status that is not accepted counts: it
    /// also says no where its collateral ran out, which heals. Revoked is the one status that says more than late.
    function review(bytes calldata, bytes20, bytes calldata evidence, bytes calldata) external returns (Standing) {
        (bool ok, uint8 tcb,) = _check(evidence);
        if (!ok || _isAccepted(tcb)) return Standing.STANDS;
        return tcb == TCB_REVOKED ? Standing.REFUTED : Standing.LATE;
    }

    function _check(bytes calldata evidence) private returns (bool, uint8 tcb, bytes memory body) {
        (bool ok, bytes calldata quote,) = Evidence.split(evidence);
        if (!ok) return (false, 0, "");
        try DCAP.verifyAndAttestOnChain(quote) returns (bool success, bytes memory output) {
            if (!success || output.length < BODY_AT) return (false, 0, "");
            uint256 bodyType = uint256(uint8(output[2])) << 8 | uint8(output[3]);
            uint256 length = bodyType == 2 ? TD10_LENGTH : bodyType == 3 ? TD15_LENGTH : 0;
            if (length == 0 || output.length < BODY_AT + length) return (false, 0, "");
            return (true, uint8(output[4]), _slice(output, BODY_AT, length));
        } catch {
            return (false, 0, "");
        }
    }

    function _isAccepted(uint8 tcb) private view returns (bool) {
        return ACCEPTED_TCB >> tcb & 1 == 1;
    }

    function _measurementOf(bytes memory body) private pure returns (bytes32) {
        return keccak256(bytes.concat(_slice(body, MRTD_AT, 48), _slice(body, RTMR0_AT, 4 * 48)));
    }

    function _slice(bytes memory from, uint256 start, uint256 length) private pure returns (bytes memory part) {
        part = new bytes(length);
        for (uint256 i; i < length; ++i) {
            part[i] = from[start + i];
        }
    }
}
