// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// @notice keccak256(abi.encode(chainId, contract, seller, sellerNonce)). PROTOCOL.md section 5.
type AuctionId is bytes32;

/// @notice keccak256 of an uncompressed P-256 sealing key (65 bytes). PROTOCOL.md section 4.
type KeyId is bytes32;

/// @notice PROTOCOL.md section 5. UNIFORM_PRICE and PAY_AS_BID sell many lots and are not admitted yet.
enum PricingRule {
    FIRST_PRICE,
    SECOND_PRICE,
    UNIFORM_PRICE,
    PAY_AS_BID
}

/// @notice What one lot consists of: one ERC-721 token, or `lotSize` units of an ERC-1155 id or of an ERC-20.
enum LotKind {
    ERC721,
    ERC1155,
    ERC20
}

/// @notice UNIFORM: every bid locks exactly `collateral`. CHOSEN: the bidder picks a cap of at least `collateral`.
enum CollateralPolicy {
    UNIFORM,
    CHOSEN
}

/// @notice What happens when nobody settles by `settleBy`. REVEAL is not admitted yet. PROTOCOL.md section 9.
enum NoSettlementPolicy {
    REFUND,
    REVEAL
}

/// @notice Stored status. Closed and Final are Open and Settled read against the block's time.
enum Status {
    NONE,
    OPEN,
    SETTLED,
    VOIDED
}

/// @notice Everything a bidder agrees to, immutable once open and covered by `paramsHash`.
/// @dev Times are Unix seconds, `reserve` is in ticks a lot, `collateral` and `tickSize` in base units of
/// `paymentToken` (zero address: the chain's native coin).
struct AuctionParams {
    PricingRule rule;
    LotKind lotKind;
    address lotToken;
    uint256 lotTokenId;
    uint256 lotSize;
    uint32 supply;
    address paymentToken;
    uint96 tickSize;
    uint32 reserve;
    bytes32 sealedReserve;
    CollateralPolicy collateralPolicy;
    uint128 collateral;
    uint32 maxBids;
    uint16 bidsPerAddress;
    bytes32 allowListRoot;
    KeyId keyId;
    uint64 closesAt;
    uint64 settleBy;
    uint32 challengeWindow;
    NoSettlementPolicy noSettlement;
    uint32 revealWindow;
}

/// @notice A bid as its leaf has it. PROTOCOL.md section 5.
/// @dev `slot` is not in the leaf: `seq` is already unique. It tells where the live leaf is kept. `points` (ticks) and
/// `creditBps` are what an auction's root of points and credits says of the bidder: 0 without a root, and there is none yet.
struct Bid {
    uint32 seq;
    uint16 slot;
    address bidder;
    uint128 collateral;
    int32 points;
    uint16 creditBps;
    uint256 x;
    uint256 y;
    bytes32 sealedHash;
}

/// @notice What a bidder sends. `paramsHash` pins the terms he saw, so a reorg cannot swap them under him.
struct BidInput {
    AuctionId id;
    bytes32 paramsHash;
    uint16 slot;
    uint128 collateral;
    uint256 x;
    uint256 y;
    bytes sealedBid;
}

/// @notice The signed outcome: EIP-712 `AuctionSettlement`. PROTOCOL.md section 7.
struct AuctionSettlement {
    AuctionId id;
    bytes32 paramsHash;
    bytes32 acc;
    uint32 count;
    uint32 round;
    uint32 reserve;
    bool reserveInvalid;
    uint32 clearingPrice;
    uint32 totalFilled;
    bytes32 winnersHash;
    bytes32 proofHash;
}

/// @notice A winning bid and the lots it gets.
struct Winner {
    Bid bid;
    uint32 fill;
}

/// @notice A commitment's opening, made public because the clearing price makes it public anyway.
struct Opening {
    uint32 price;
    uint32 quantity;
    bytes32 rho;
}

/// @notice What goes with a settlement. FIRST_PRICE: one opening, the winner's. SECOND_PRICE: the runner-up and
/// his opening where anyone lost, else both empty.
struct SettlementWitness {
    Winner[] winners;
    Bid[] runnersUp;
    Opening[] openings;
}

/// @notice One auction's storage.
/// @dev Packed by who reads it: a bid touches the first four slots. The settlement lies beside fields that are
/// never zero, where writing costs a fifth of a fresh slot, and names its signer by the registry's index. Times are
/// Unix seconds and end in 2106. Fields of later formats are here already, so that the layout does not move.
struct Auction {
    bytes32 acc;
    bytes32 paramsHash;
    // A bid and a settlement write this slot; everything reads it.
    uint32 count;
    uint32 live;
    uint32 maxBids;
    uint32 supply;
    uint32 closesAt;
    uint32 challengeUntil;
    uint16 round;
    uint16 signerIndex;
    uint8 bidsPerAddress;
    Status status;
    PricingRule rule;
    CollateralPolicy collateralPolicy;
    // Money.
    uint128 collateral;
    uint96 tickSize;
    uint32 reserve;
    // Terms that only a settlement or a claim reads.
    address paymentToken;
    uint32 settleBy;
    uint32 challengeWindow;
    NoSettlementPolicy noSettlement;
    bool proceedsClaimed;
    KeyId keyId;
    // The seller, and the outcome.
    address seller;
    uint32 clearingPrice;
    uint32 totalFilled;
    uint32 marginalSeq;
    // The lot.
    address lotToken;
    LotKind lotKind;
    uint32 lotsReclaimed;
    uint32 revealWindow;
    bool reserveInvalid;
    uint256 lotTokenId;
    uint256 lotSize;
    bytes32 allowListRoot;
    bytes32 sealedReserve;
    // PAY_AS_BID only: the sum of what the winners pay.
    uint256 proceeds;
}

/// @notice Where one bidder's live bid is kept, and what a settlement gave it.
/// @dev The mark counts only where `round` is the auction's: a struck settlement's marks die with its round.
/// `fill` is 0 once the lots are claimed; `payment` is 2^160 - 1 once the money is and the lots are not.
struct BidSlot {
    bytes32 leaf;
    uint32 round;
    uint32 fill;
    uint160 payment;
}
